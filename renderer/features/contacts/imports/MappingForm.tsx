import { CircleMinus, CirclePlus, Replace } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { getSupportedCountries } from './countries.ts';
import type { ImportJob, ImportOptions } from '../../../../shared/contract/imports.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { countryName, homeRegion } from '../../../lib/phoneWords.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { RadioCards } from '../../../ui/RadioCards.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { ToggleChips } from '../../../ui/ToggleChips.tsx';
import { FileFacts } from './FileFacts.tsx';
import { AgeNote } from '../place/AgeNote.tsx';
import styles from './Imports.module.css';
import { guessedMapping, namesSomebody } from './mapping.ts';
import { MappingTable } from './MappingTable.tsx';

export interface MappingFormProps {
  readonly job: ImportJob;
  readonly onShow: (importId: string) => void;
  /** The dry run has begun. */
  readonly onChecking: () => void;
}

type Known = ImportOptions['known'];

/** What the columns are, how rows become contacts, and why they may: then the dry run. */
export function MappingForm({ job, onShow, onChecking }: MappingFormProps): ReactNode {
  const bridge = useBridge();
  const { labels } = useLookup();
  const before = job.options;
  const [mapping, setMapping] = useState(() => before?.mapping ?? guessedMapping(job.columns));
  const [region, setRegion] = useState(() => before?.region ?? homeRegion());
  const [known, setKnown] = useState<Known>(before?.known ?? 'fill');
  const [labelIds, setLabelIds] = useState<ReadonlyArray<string>>(before?.labelIds ?? []);
  const [lawful, setLawful] = useState(before?.lawfulSource ?? '');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const countries = useMemo(
    () =>
      getSupportedCountries()
        .map((value) => ({ value, label: countryName(value) }))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    [],
  );
  const fits = namesSomebody(job.columns, mapping);
  const noSource = lawful.trim() === '';

  const check = (): void => {
    setTried(true);
    if (noSource) box.current?.focus();
    if (busy || noSource || !fits) return;
    setBusy(true);
    const options = { mapping, region, known, labelIds: [...labelIds], lawfulSource: lawful.trim() };
    bridge.call('import.check', { importId: job.id, options }).then(onChecking, (error: unknown) => {
      setBusy(false);
      useNotices.getState().show(callWords(error));
    });
  };

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <FileFacts job={job} onShow={onShow} />
      <section className={styles['block']}>
        <h2 className={styles['heading']}>{t('imports.map.title')}</h2>
        {job.columns.length === 0 ? (
          <p className={styles['quiet']}>{t('imports.map.known')}</p>
        ) : (
          <>
            <MappingTable columns={job.columns} mapping={mapping} onChange={setMapping} />
            <p className={styles['quiet']}>{t('imports.map.remembered')}</p>
          </>
        )}
        {fits ? null : (
          <p className={styles['problem']} role="alert">
            {t('imports.map.none')}
          </p>
        )}
      </section>
      <section className={styles['block']}>
        <h2 className={styles['heading']}>{t('imports.options.title')}</h2>
        <div className={styles['narrowField']}>
          <SelectField
            label={t('imports.options.region')}
            value={region}
            options={countries}
            onChange={setRegion}
          />
        </div>
        <span className={styles['label']}>{t('imports.options.known')}</span>
        <RadioCards<Known>
          label={t('imports.options.known')}
          value={known}
          onChange={setKnown}
          cards={(['fill', 'replace', 'skip'] as const).map((value) => ({
            value,
            title: t(`imports.options.knowns.${value}.title`),
            text: t(`imports.options.knowns.${value}.text`),
            icon: KNOWN_ICONS[value],
          }))}
        />
        {labels.size === 0 ? null : (
          <>
            <span className={styles['label']}>{t('imports.options.labels')}</span>
            <ToggleChips
              label={t('imports.options.labels')}
              chips={[...labels.values()]
                .filter(({ deleted }) => !deleted)
                .map(({ id, name }) => ({ value: id, label: name }))}
              selected={labelIds}
              onChange={(next) => setLabelIds(next.slice(0, 20))}
            />
          </>
        )}
        <AgeNote />
        <TextArea
          label={t('imports.options.lawful')}
          description={t('imports.options.lawfulHelp')}
          error={tried && noSource ? t('imports.options.lawfulMissing') : undefined}
          maxLength={1000}
          inputRef={box}
          value={lawful}
          onChange={setLawful}
        />
      </section>
      <div className={styles['foot']}>
        <span className={styles['quiet']}>{t('imports.checkNote')}</span>
        <Button variant="primary" type="submit" isPending={busy}>
          {t('imports.check')}
        </Button>
      </div>
    </form>
  );
}

const KNOWN_ICONS = {
  fill: <CirclePlus size={16} />,
  replace: <Replace size={16} />,
  skip: <CircleMinus size={16} />,
} as const;
