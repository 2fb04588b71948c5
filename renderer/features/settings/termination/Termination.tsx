import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { keys } from '../../../lib/queries/keys.ts';
import type { TerminationView } from '../../../lib/queries/termination.ts';
import { useTermination } from '../../../lib/queries/termination.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Group, Row } from '../Row.tsx';
import { AnnounceDialog } from './AnnounceDialog.tsx';
import styles from './Termination.module.css';

/** The end of the workspace: when it is, what this device does then; owners announce it and take it back. */
export function Termination(): ReactNode {
  const query = useTermination();
  if (query.isError && query.data === undefined) {
    return (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={t('ending.section.failed')}
        action={<Button onPress={() => void query.refetch()}>{t('app.retry')}</Button>}
      />
    );
  }
  if (query.data === undefined) return null;
  return (
    <Group title={t('ending.section.title')}>
      <p className={styles['text']}>{t('ending.section.text')}</p>
      <Dates view={query.data} />
      <Deeds view={query.data} />
    </Group>
  );
}

function Dates({ view }: { readonly view: TerminationView }): ReactNode {
  const { termination, wipeAt, daysLeft, promised } = view;
  const line = (title: string, value: string): ReactNode => (
    <Row isLabelled={false} title={title}>
      <span className={styles['value']}>{value}</span>
    </Row>
  );
  return (
    <>
      {termination === null || wipeAt === null ? (
        <p className={styles['state']}>
          {termination?.cancelledAt == null
            ? t('ending.section.none')
            : t('ending.section.cancelled', { time: fullTime(termination.cancelledAt) })}
        </p>
      ) : (
        <>
          {line(t('ending.section.ends'), fullTime(termination.endsAt))}
          {line(t('ending.section.wiped'), fullTime(wipeAt))}
          {line(
            t('ending.section.left'),
            daysLeft === null || daysLeft === 0
              ? t('ending.section.today')
              : t('ending.section.days', { count: daysLeft }),
          )}
        </>
      )}
      {line(
        t('ending.section.promised'),
        promised.value === null
          ? t('ending.section.notStated')
          : t('ending.section.promisedDays', { count: promised.value }),
      )}
    </>
  );
}

function Deeds({ view }: { readonly view: TerminationView }): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const announced = view.wipeAt !== null;
  if (!view.mayEdit) return <p className={styles['text']}>{t('ending.section.owner')}</p>;
  const cancel = (): void => {
    const { show, tell } = useNotices.getState();
    setBusy(true);
    bridge
      .call('termination.cancel', {})
      .then(() => tell(t('ending.section.keptOn'), null))
      .catch((error: unknown) => show(callWords(error)))
      .finally(() => {
        setBusy(false);
        void client.invalidateQueries({ queryKey: keys.termination });
      });
  };
  return (
    <div className={styles['deeds']}>
      {announced ? (
        <Button isPending={isBusy} onPress={cancel}>
          {t('ending.section.cancel')}
        </Button>
      ) : null}
      <Button onPress={() => setAsked(true)}>
        {t(announced ? 'ending.section.move' : 'ending.section.begin')}
      </Button>
      {asked ? <AnnounceDialog onClose={() => setAsked(false)} /> : null}
    </div>
  );
}
