import { File, FileText, Image, Mic, Video } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContactFile } from '../../../../shared/contract/contacts.ts';
import { fileSize, listTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { usePersonFiles } from '../../../lib/queries/contacts.ts';
import { useJump } from '../../../lib/stores/jump.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import styles from './Person.module.css';

/** Every file that went between the person and the company; each leads to its message. */
export function Files({
  contactId,
  onOpen,
}: {
  readonly contactId: string;
  readonly onOpen: (conversationId: string) => void;
}): ReactNode {
  const now = useNow(60_000);
  const { data, error, again } = usePersonFiles(contactId);
  if (data === undefined) {
    return error === null ? null : (
      <EmptyState
        icon={<File size={24} />}
        text={callWords(error)}
        action={<Button onPress={again}>{t('contacts.table.again')}</Button>}
      />
    );
  }
  if (data.length === 0) return <EmptyState icon={<File size={24} />} text={t('person.noFiles')} />;
  return (
    <ul className={styles['body']}>
      {data.map((file) => (
        <li key={`${file.messageId} ${file.media.id}`}>
          <button
            type="button"
            className={styles['link']}
            onClick={() => {
              onOpen(file.conversationId);
              useJump.getState().go(file.conversationId, { messageId: file.messageId });
            }}
          >
            <FileIcon file={file} />
            <span className={styles['grow']} dir="auto">
              {file.media.fileName ?? t('person.unnamedFile')}
            </span>
            <span className={styles['quiet']}>
              {file.inbound ? t('person.fileIn') : t('person.fileOut')}
              {file.media.size === null ? null : ` · ${fileSize(file.media.size)}`} · {listTime(file.at, now)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function FileIcon({ file }: { readonly file: ContactFile }): ReactNode {
  const [kind] = file.media.mimeType.split('/');
  if (kind === 'image') return <Image size={16} aria-hidden="true" />;
  if (kind === 'video') return <Video size={16} aria-hidden="true" />;
  if (kind === 'audio') return <Mic size={16} aria-hidden="true" />;
  return <FileText size={16} aria-hidden="true" />;
}
