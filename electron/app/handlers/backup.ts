import { exportConversations } from '../conversation-export/prepare.ts';
import type { Handlers } from '../context.ts';

export const backupHandlers = {
  'backup.get': async (_input, { backups }) => backups.get(),
  'backup.pickFolder': async (_input, { backups }) => ({ folder: await backups.pickFolder() }),
  'backup.save': async (input, { backups }) => backups.save(input),
  'backup.start': async (_input, { backups }) => {
    await backups.start();
    return {};
  },
  'backup.cancel': async (_input, { backups }) => {
    backups.cancel();
    return {};
  },
  'backup.list': async ({ folder }, { backups }) => backups.list(folder),
  'backup.inspect': async (input, { backups }) => backups.inspect(input),
  'backup.restore': async (input, { backups }) => {
    await backups.restore(input);
    return {};
  },
  'conversations.stopExport': async ({ ticket }, { exporting }) => {
    exporting.stop(ticket);
    return {};
  },
  'conversations.export': async (input, context) => exportConversations(context, input),
} satisfies Partial<Handlers>;
