import { expect, test } from 'vitest';
import type { Directory } from '../../shared/contract/rows.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { GatewayError } from '../../shared/protocol/errors.ts';
import { tellRefused } from './refused.ts';

const undo: Command = {
  id: 'x',
  type: 'conversation.undo',
  data: { conversationId: 'c', commandId: 'y', restore: {} },
};
const conflict = (since?: GatewayError['since']): GatewayError => ({
  kind: 'conflict',
  retry: 'never',
  afterMs: null,
  message: '',
  since,
});

test('a refused undo is told with the name of who acted; other commands are not', async () => {
  const told: unknown[] = [];
  const users = [{ id: 'u', name: 'Sara' }];
  const refused = tellRefused({
    cache: { read: { directory: async () => ({ users }) as unknown as Directory } },
    publisher: { publish: (name, data) => void told.push([name, data]) },
    log: { warn: () => undefined },
  });
  refused(undo, conflict({ by: 'u', what: 'answered' }));
  refused(undo, conflict({ by: 'gone', what: 'noted' }));
  refused(undo, conflict());
  refused({ id: 'z', type: 'conversation.unread', data: { conversationId: 'c' } }, conflict());
  await expect.poll(() => told).toHaveLength(3);
  expect(told).toContainEqual([
    'undo.refused',
    { conversationId: 'c', since: { by: 'Sara', what: 'answered' } },
  ]);
  expect(told).toContainEqual(['undo.refused', { conversationId: 'c', since: { by: null, what: 'noted' } }]);
  expect(told).toContainEqual(['undo.refused', { conversationId: 'c', since: null }]);
});
