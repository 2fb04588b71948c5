/** A right input for every call of the contract: the compiler sees to it that none is missing. */
import type { CallInput, CallName } from '../../shared/contract/calls.ts';

const conversationId = '01890000-0000-7000-8000-000000000001';
const messageId = '01890000-0000-7000-8000-000000000002';

export const samples: { [N in CallName]: CallInput<N> } = {
  'app.state': {},
  'key.create': { mode: 'passphrase', passphrase: 'seven herons over the weir' },
  'key.unlock': { passphrase: 'seven herons over the weir' },
  'key.resolve': { action: 'retry' },
  'app.recover': { action: 'retry' },
  'session.signIn': { gateway: 'http://127.0.0.1:9', email: 'maya@test.example', password: 'x', totp: null },
  'session.signOut': { discardUnsent: false },
  'session.devices': {},
  'session.revokeDevice': { deviceId: 'device' },
  'connection.state': {},
  'connection.retry': {},
  'connection.signal': { type: 'presence', state: 'away' },
  'inbox.views': {},
  'inbox.list': { view: { kind: 'mine' }, after: null, limit: 50 },
  'directory.get': {},
  'conversation.get': { conversationId },
  'conversation.thread': { conversationId, before: null, limit: 50 },
  'conversation.loadOlder': { conversationId },
  'conversation.read': { conversationId, upTo: messageId },
  'conversation.unread': { conversationId },
  'conversation.assign': { conversationId, assigneeId: null },
  'conversation.status': { conversationId, status: 'closed', snoozedUntil: null },
  'conversation.labels': { conversationId, labelIds: [] },
  'message.send': { conversationId, content: { kind: 'text', body: 'Hello' }, quotedMessageId: null },
  'message.retry': { conversationId, messageId },
  'message.discard': { conversationId, messageId },
  'message.react': { conversationId, messageId, emoji: '👍' },
  'note.add': { conversationId, body: 'Call back', mentions: [] },
  'draft.save': { conversationId, text: 'Dear' },
  'outbox.list': {},
  'search.query': { text: 'lamp', conversationId: null, limit: 20 },
  'media.load': { mediaId: 'media' },
  'link.open': { url: 'https://example.org/' },
  'diagnostics.get': {},
};
