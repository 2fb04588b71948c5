import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { BackupListed, BackupPreview, BackupState } from '../../../../shared/contract/backup.ts';
import { CallFailure } from '../../../../shared/contract/errors.ts';
import { count, fileSize, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { Group } from '../Row.tsx';
import styles from './Backup.module.css';
import { JobProgress } from './JobProgress.tsx';
import { RestorePreview, bringsSomething } from './RestorePreview.tsx';
import { backupWords } from './words.ts';

/** Looks into a backup first; nothing is changed before somebody has seen what it would bring back. */
export function Restore({ state }: { readonly state: BackupState }): ReactNode {
  const bridge = useBridge();
  const { show } = useNotices.getState();
  const [folder, setFolder] = useState(state.folder);
  const [found, setFound] = useState<ReadonlyArray<BackupListed> | null>(null);
  const [chosen, setChosen] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [preview, setPreview] = useState<BackupPreview | null>(null);
  const { job } = state;
  const failed = (error: unknown): void => {
    // Whoever stopped it knows.
    if (error instanceof CallFailure && error.error.value?.reason === 'stopped') return;
    show(backupWords(error));
  };

  const search = (): void => {
    bridge.call('backup.list', { folder }).then((list) => {
      setFound(list);
      setChosen(list[0]?.folder ?? '');
    }, failed);
  };
  const look = (): void => {
    bridge.call('backup.inspect', { folder: chosen, passphrase }).then(setPreview, failed);
  };
  const restore = (): void => {
    setPreview(null);
    bridge.call('backup.restore', { folder: chosen, passphrase }).then(() => setPassphrase(''), failed);
  };

  return (
    <Group title={t('backup.restore.title')}>
      <div className={styles['form']}>
        <p className={styles['text']}>{t('backup.restore.text')}</p>
        <form
          className={styles['pair']}
          onSubmit={(event) => {
            event.preventDefault();
            search();
          }}
        >
          <div className={styles['grow']}>
            <TextField label={t('backup.restore.folder')} value={folder} onChange={setFolder} mono />
          </div>
          <Button type="submit" isDisabled={folder.trim() === ''}>
            {t('backup.restore.find')}
          </Button>
        </form>
        {found === null ? null : found.length === 0 ? (
          <p role="status">{t('backup.restore.none')}</p>
        ) : (
          <form
            className={styles['form']}
            onSubmit={(event) => {
              event.preventDefault();
              look();
            }}
          >
            <div className={styles['halves']}>
              <SelectField
                label={t('backup.restore.which')}
                name="backup"
                value={chosen}
                options={found.map((each) => ({
                  value: each.folder,
                  label: `${fullTime(each.createdAt)} · ${fileSize(each.bytes)}`,
                }))}
                onChange={setChosen}
              />
              <TextField
                label={t('backup.restore.passphrase')}
                type="password"
                autoComplete="off"
                value={passphrase}
                onChange={setPassphrase}
              />
            </div>
            <div className={styles['actions']}>
              <Button type="submit" isDisabled={passphrase === '' || job !== null}>
                {t('backup.restore.look')}
              </Button>
            </div>
          </form>
        )}
      </div>
      {job?.kind === 'restore' || job?.kind === 'inspect' ? <JobProgress job={job} /> : null}
      <Standing state={state} />
      <Dialog
        title={t('backup.restore.preview')}
        isOpen={preview !== null}
        onClose={() => setPreview(null)}
        wide
        actions={
          <>
            <Button onPress={() => setPreview(null)}>{t('app.cancel')}</Button>
            <Button
              variant="primary"
              isDisabled={preview === null || !bringsSomething(preview)}
              onPress={restore}
            >
              {t('backup.restore.start')}
            </Button>
          </>
        }
      >
        {preview === null ? null : <RestorePreview preview={preview} />}
      </Dialog>
    </Group>
  );
}

function Standing({ state: { lastRestore: done, problem } }: { readonly state: BackupState }): ReactNode {
  return (
    <div role="status" className={styles['standing']}>
      {problem?.kind === 'restore' ? (
        <p className={styles['line']}>
          <TriangleAlert size={14} aria-hidden="true" className={styles['bad']} />
          <span>
            {t('backup.failed.restore')} {t(`backup.problem.${problem.problem}`)}
          </span>
        </p>
      ) : null}
      {done === null ? null : (
        <p className={styles['line']}>
          <CircleCheck size={14} aria-hidden="true" className={styles['good']} />
          <span>
            {t('backup.restore.done', {
              time: fullTime(done.at),
              added: count(done.added + done.blanked),
              renewed: count(done.renewed),
              left: count(done.left + done.away),
            })}
            {done.over === 0 ? null : ` ${t('backup.restore.doneOver', { count: done.over })}`}
          </span>
        </p>
      )}
    </div>
  );
}
