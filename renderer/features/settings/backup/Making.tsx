import { CircleCheck, FolderOpen, ShieldCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { BackupState } from '../../../../shared/contract/backup.ts';
import { BackupSchedule } from '../../../../shared/contract/backup.ts';
import { count, fileSize, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { Group } from '../Row.tsx';
import styles from './Backup.module.css';
import { JobProgress } from './JobProgress.tsx';
import { backupWords } from './words.ts';

/** Where backups go, how often, and one now. */
export function Making({ state }: { readonly state: BackupState }): ReactNode {
  const bridge = useBridge();
  const { show, tell } = useNotices.getState();
  const [folder, setFolder] = useState(state.folder);
  const [schedule, setSchedule] = useState(state.schedule);
  const [keep, setKeep] = useState(String(state.keep));
  const [passphrase, setPassphrase] = useState('');
  const { job } = state;
  const failed = (error: unknown): void => show(backupWords(error));
  const save = () =>
    bridge.call('backup.save', {
      folder,
      schedule,
      keep: Number(keep),
      passphrase: passphrase === '' ? null : passphrase,
    });
  const ready = folder.trim() !== '' && (state.hasKey || passphrase !== '');
  return (
    <Group title={t('backup.make')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save().then(() => tell(t('backup.saved'), null), failed);
        }}
      >
        <div className={styles['pair']}>
          <div className={styles['grow']}>
            <TextField
              label={t('backup.folder')}
              description={t('backup.folderHint')}
              value={folder}
              onChange={setFolder}
              mono
            />
          </div>
          {state.canPick ? (
            <Button
              icon={<FolderOpen size={14} />}
              onPress={() => {
                bridge.call('backup.pickFolder', {}).then((picked) => {
                  if (picked.folder !== null) setFolder(picked.folder);
                }, failed);
              }}
            >
              {t('backup.pick')}
            </Button>
          ) : null}
        </div>
        <TextField
          label={state.hasKey ? t('backup.newPassphrase') : t('backup.passphrase')}
          description={t('backup.passphraseHint')}
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onChange={setPassphrase}
        />
        <div className={styles['halves']}>
          <SelectField
            label={t('backup.schedule')}
            name="schedule"
            value={schedule}
            options={BackupSchedule.options.map((value) => ({ value, label: t(`backup.every.${value}`) }))}
            onChange={(value) => setSchedule(BackupSchedule.parse(value))}
          />
          <SelectField
            label={t('backup.keep')}
            name="keep"
            value={keep}
            options={[...new Set(['1', '3', '7', '14', '30', keep])].map((value) => ({
              value,
              label: count(Number(value)),
            }))}
            onChange={setKeep}
          />
        </div>
        <div className={styles['actions']}>
          <Button
            variant="primary"
            icon={<ShieldCheck size={14} />}
            isDisabled={!ready || job !== null}
            onPress={() => {
              save()
                .then(() => bridge.call('backup.start', {}))
                .catch(failed);
            }}
          >
            {t('backup.now')}
          </Button>
          <Button type="submit" isDisabled={!ready}>
            {t('backup.save')}
          </Button>
        </div>
      </form>
      {job?.kind === 'backup' ? <JobProgress job={job} /> : null}
      <Standing state={state} />
    </Group>
  );
}

function Standing({ state: { last, problem, nextAt } }: { readonly state: BackupState }): ReactNode {
  return (
    <div role="status" className={styles['standing']}>
      {problem?.kind === 'backup' ? (
        <p className={styles['line']}>
          <TriangleAlert size={14} aria-hidden="true" className={styles['bad']} />
          <span>
            {t('backup.failed.backup')} {t(`backup.problem.${problem.problem}`)}
          </span>
        </p>
      ) : null}
      {last === null ? (
        <p className={styles['text']}>{t('backup.never')}</p>
      ) : (
        <p className={styles['line']}>
          <CircleCheck size={14} aria-hidden="true" className={styles['good']} />
          <span>
            {t('backup.last', {
              time: fullTime(last.at),
              size: fileSize(last.bytes),
              messages: count(last.counts.messages),
            })}
          </span>
        </p>
      )}
      {nextAt === null ? null : (
        <p className={styles['text']}>{t('backup.next', { time: fullTime(nextAt) })}</p>
      )}
    </div>
  );
}
