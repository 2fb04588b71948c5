import type { ConversationExportFormat } from '../../shared/contract/backup.ts';
import type { CallInput } from '../../shared/contract/calls.ts';
import { t } from '../i18n/t.ts';
import type { Bridge } from './bridge/bridge.ts';
import { callWords } from './callWords.ts';
import { downloadTicket } from './download.ts';
import { useNotices } from './stores/notices.ts';

/** Saves conversations as a file, and says how many are in it and how many were left out. */
export function exportConversations(
  bridge: Bridge,
  scope: CallInput<'conversations.export'>['scope'],
  format: ConversationExportFormat,
): void {
  const { show, tell } = useNotices.getState();
  bridge.call('conversations.export', { scope, format }).then(
    ({ ticket, fileName, conversations, restricted }) => {
      downloadTicket(ticket, fileName);
      const words: string[] = [t('backup.export.done', { count: conversations })];
      if (restricted > 0) words.push(t('backup.export.restricted', { count: restricted }));
      tell(words.join(' '), null);
    },
    (error: unknown) => show(callWords(error)),
  );
}
