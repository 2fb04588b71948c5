import type { ReactNode } from 'react';
import { useState } from 'react';
import type { BackupListed, BackupPreview, BackupState } from '../../../../shared/contract/backup.ts';
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
import { backupWords } from './words.ts';

const ROWS = ['conversations', 'contacts', 'messages', 'notes', 'drafts', 'files', 'outbox'] as const;

/** Looks into a backup first; nothing is changed before somebody has seen what is in it. */
export function Restore({ state }: { readonly state: BackupState }): ReactNode {
  const bridge = useBridge();
  const { show } = useNotices.getState();
  const [folder, setFolder] = useState(state.folder);
  const [found, setFound] = useState<ReadonlyArray<BackupListed> | null>(null);
  const [chosen, setChosen] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [looking, setLooking] = useState(false);
  const [preview, setPreview] = useState<BackupPreview | null>(null);
  const failed = (error: unknown): void => show(backupWords(error));
  const { lastRestore } = state;

  const search = (): void => {
    bridge.call('backup.list', { folder }).then((list) => {
      setFound(list);
      setChosen(list[0]?.folder ?? '');
    }, failed);
  };
  const look = (): void => {
    setLooking(true);
    bridge
      .call('backup.inspect', { folder: chosen, passphrase })
      .then(setPreview, failed)
      .finally(() => setLooking(false));
  };
  const restore = (): void => {
    setPreview(null);
    bridge.call('backup.restore', { folder: chosen, passphrase }).then(() => setPassphrase(''), failed);
  };

  return (
    <Group title={t('backup.restore.title')}>
      <div className={styles['form']}>
        <p className={styles['text']}>{t('backup.restore.text')}</p>
        <div className={styles['pair']}>
          <div className={styles['grow']}>
            <TextField label={t('backup.restore.folder')} value={folder} onChange={setFolder} mono />
          </div>
          <Button isDisabled={folder.trim() === ''} onPress={search}>
            {t('backup.restore.find')}
          </Button>
        </div>
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
            <div className={styles['actions']}>
              <Button type="submit" isDisabled={passphrase === '' || looking || state.job !== null}>
                {looking ? t('backup.restore.looking') : t('backup.restore.look')}
              </Button>
            </div>
          </form>
        )}
        {lastRestore === null ? null : (
          <p role="status">
            {t('backup.restore.done', {
              time: fullTime(lastRestore.at),
              added: count(lastRestore.added),
              renewed: count(lastRestore.renewed),
              left: count(lastRestore.left),
            })}
          </p>
        )}
      </div>
      <Dialog
        title={t('backup.restore.preview')}
        isOpen={preview !== null}
        onClose={() => setPreview(null)}
        actions={
          <>
            <Button onPress={() => setPreview(null)}>{t('app.cancel')}</Button>
            <Button variant="primary" onPress={restore}>
              {t('backup.restore.start')}
            </Button>
          </>
        }
      >
        {preview === null ? null : <Preview preview={preview} />}
      </Dialog>
    </Group>
  );
}

function Preview({ preview }: { readonly preview: BackupPreview }): ReactNode {
  return (
    <>
      <p>
        {t('backup.restore.of', {
          person: preview.person,
          workspace: preview.workspace,
          time: fullTime(preview.createdAt),
        })}
      </p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('backup.restore.what')}</th>
            <th scope="col">{t('backup.restore.inIt')}</th>
            <th scope="col">{t('backup.restore.here')}</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row}>
              <th scope="row">{t(`backup.rows.${row}`)}</th>
              <td>{count(preview.counts[row])}</td>
              <td>{count(preview.here[row])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['text']}>{t('backup.restore.rules')}</p>
      {preview.cutoff === null ? null : (
        <p className={styles['text']}>{t('backup.restore.cutoff', { time: fullTime(preview.cutoff) })}</p>
      )}
    </>
  );
}
