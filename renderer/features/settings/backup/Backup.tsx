import { Download, FolderOpen, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { BackupState, ConversationExportFormat } from '../../../../shared/contract/backup.ts';
import { BackupSchedule } from '../../../../shared/contract/backup.ts';
import { count, fileSize, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { exportConversations } from '../../../lib/exportConversations.ts';
import { useBackup } from '../../../lib/queries/backup.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { Group, Row } from '../Row.tsx';
import styles from './Backup.module.css';
import { Restore } from './Restore.tsx';
import { backupWords } from './words.ts';

/** Copies of what is on this machine: written, brought back, and conversations as files for others. */
export function Backup(): ReactNode {
  const { data, error, again } = useBackup();
  if (data === undefined) {
    return error === null ? null : (
      <p className={styles['text']}>
        {backupWords(error)} <Button onPress={again}>{t('app.retry')}</Button>
      </p>
    );
  }
  return (
    <>
      <p className={styles['text']}>{t('backup.text')}</p>
      <Making key={`${data.folder} ${String(data.hasKey)}`} state={data} />
      <Restore key={data.folder} state={data} />
      <Exporting />
    </>
  );
}

function Making({ state }: { readonly state: BackupState }): ReactNode {
  const bridge = useBridge();
  const { show, tell } = useNotices.getState();
  const [folder, setFolder] = useState(state.folder);
  const [schedule, setSchedule] = useState(state.schedule);
  const [keep, setKeep] = useState(String(state.keep));
  const [passphrase, setPassphrase] = useState('');
  const { job, last, problem } = state;
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
        <div className={styles['pair']}>
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
          <Button type="submit" isDisabled={!ready}>
            {t('backup.save')}
          </Button>
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
          {job === null ? null : (
            <Button onPress={() => void bridge.call('backup.cancel', {}).catch(failed)}>
              {t('app.cancel')}
            </Button>
          )}
        </div>
      </form>
      {job === null ? null : (
        <Progress label={t(`backup.stage.${job.kind}.${job.stage}`)} value={job.share} />
      )}
      <div role="status">
        {problem === null ? null : (
          <p>
            {t(`backup.failed.${problem.kind}`)} {t(`backup.problem.${problem.problem}`)}
          </p>
        )}
        {last === null ? (
          <p className={styles['text']}>{t('backup.never')}</p>
        ) : (
          <p>
            {t('backup.last', {
              time: fullTime(last.at),
              size: fileSize(last.bytes),
              messages: count(last.counts.messages),
            })}
          </p>
        )}
        {state.nextAt === null ? null : (
          <p className={styles['text']}>{t('backup.next', { time: fullTime(state.nextAt) })}</p>
        )}
      </div>
    </Group>
  );
}

const FORMATS = ['json', 'html', 'text'] as const satisfies ReadonlyArray<ConversationExportFormat>;

function Exporting(): ReactNode {
  const bridge = useBridge();
  return (
    <Group title={t('backup.export.title')}>
      <Row title={t('backup.export.all')} hint={t('backup.export.hint')} isLabelled={false}>
        <span className={styles['actions']}>
          {FORMATS.map((format) => (
            <Button
              key={format}
              size="small"
              icon={<Download size={14} />}
              aria-label={t('backup.export.allAs', { format: t(`backup.export.${format}`) })}
              onPress={() => exportConversations(bridge, { all: true }, format)}
            >
              {t(`backup.export.${format}`)}
            </Button>
          ))}
        </span>
      </Row>
    </Group>
  );
}
