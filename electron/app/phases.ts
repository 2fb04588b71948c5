/** In which phases of the application each call is answered; in every other it is refused with `not_ready`. */
import type { CallName } from '../../shared/contract/calls.ts';
import type { AppState } from '../../shared/contract/state.ts';

export type Phase = AppState['phase'];

export const PHASES = [
  'starting',
  'key_choice',
  'locked',
  'key_problem',
  'cache_problem',
  'signed_out',
  'protocol_mismatch',
  'ready',
] as const satisfies readonly Phase[];

const anytime = PHASES;
/** The cache is open. */
const open = ['signed_out', 'protocol_mismatch', 'ready'] as const;
const ready = ['ready'] as const;

export const PHASES_OF: Record<CallName, readonly Phase[]> = {
  'app.state': anytime,
  // After `weak_backend` the user may also choose another way to keep the key.
  'key.create': ['key_choice', 'key_problem'],
  'key.unlock': ['locked'],
  'key.resolve': ['key_problem'],
  'app.recover': ['cache_problem'],
  'session.signIn': ['signed_out'],
  'session.signOut': open,
  'session.devices': ready,
  'session.revokeDevice': ready,
  'connection.state': open,
  'connection.retry': ['protocol_mismatch', 'ready'],
  'connection.signal': ready,
  'inbox.views': ready,
  'inbox.list': ready,
  'inbox.ids': ready,
  'inbox.count': ready,
  'conversations.apply': ready,
  'undo.apply': ready,
  'macro.run': ready,
  'library.list': ready,
  'library.save': ready,
  'library.delete': ready,
  'contact.save': ready,
  'settings.get': anytime,
  'settings.save': anytime,
  'presence.list': ready,
  'window.focus': anytime,
  'directory.get': ready,
  'conversation.get': ready,
  'conversation.thread': ready,
  'conversation.around': ready,
  'conversation.loadOlder': ready,
  'history.missing': ready,
  'conversation.read': ready,
  'message.send': ready,
  'message.retry': ready,
  'message.revise': ready,
  'message.discard': ready,
  'message.react': ready,
  'note.add': ready,
  'draft.save': ready,
  'attachment.discard': ready,
  'outbox.list': ready,
  'search.query': ready,
  'media.load': ready,
  'media.open': ready,
  'link.open': anytime,
  'diagnostics.get': open,
};
