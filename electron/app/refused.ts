/** An undo that the gateway refuses is told to the page: by then it has said "undone". */
import type { Command } from '../../shared/protocol/commands.ts';
import type { GatewayError } from '../../shared/protocol/errors.ts';
import type { Cache } from '../cache/api.ts';
import type { Log } from './log.ts';
import type { Publisher } from './publisher.ts';

export function tellRefused(ports: {
  cache: { read: Pick<Cache['read'], 'directory'> };
  publisher: Pick<Publisher, 'publish'>;
  log: Pick<Log, 'warn'>;
}): (command: Command, error: GatewayError) => void {
  async function tell(conversationId: string, { since }: GatewayError): Promise<void> {
    if (since == null) {
      ports.publisher.publish('undo.refused', { conversationId, since: null });
      return;
    }
    const { users } = await ports.cache.read.directory();
    const by = users.find(({ id }) => id === since.by)?.name ?? null;
    ports.publisher.publish('undo.refused', { conversationId, since: { by, what: since.what } });
  }
  return (command, error) => {
    if (command.type !== 'conversation.undo') return;
    tell(command.data.conversationId, error).catch((failed: unknown) => {
      ports.log.warn({ error: failed }, 'a refused undo was not told');
    });
  };
}
