import type { ActionOutcome, ConversationAction } from '../../../shared/contract/actions.ts';
import type { ContactAction, ContactSelection } from '../../../shared/contract/contacts.ts';
import { CallFailure } from '../../../shared/contract/errors.ts';
import { t } from '../../i18n/t.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { callWords } from '../callWords.ts';
import { useNotices } from '../stores/notices.ts';
import { useBusy } from './busy.ts';

/** As many as the application keeps. */
const KEPT = 50;
/** What can be taken back, newest last. */
const done: { readonly undoId: string; readonly noticeId: number }[] = [];

/** Does something to conversations and offers to undo it. `words`: what was done to how many. Answers whether it was done. */
export function perform(
  bridge: Bridge,
  conversationIds: ReadonlyArray<string>,
  action: ConversationAction,
  words: (count: number) => string,
): Promise<boolean> {
  const ids = [...conversationIds];
  return follow(
    bridge,
    ids.length,
    bridge.call('conversations.apply', { conversationIds: ids, action }),
    words,
  );
}

/** Runs a macro and offers to undo it. */
export function runMacro(
  bridge: Bridge,
  conversationIds: ReadonlyArray<string>,
  macroId: string,
  words: (count: number) => string,
): Promise<boolean> {
  const ids = [...conversationIds];
  return follow(bridge, ids.length, bridge.call('macro.run', { conversationIds: ids, macroId }), words);
}

/** Does something to contacts and offers to undo it. Answers whether it was done. `size`: how many, for saying that it takes a while. */
export function performOnContacts(
  bridge: Bridge,
  selection: ContactSelection,
  size: number,
  action: ContactAction,
  words: (count: number) => string,
): Promise<boolean> {
  return follow(bridge, size, bridge.call('contacts.apply', { selection, action }), words);
}

/** Offers to undo something that was done just now. */
export function offerUndo(bridge: Bridge, undoId: string | null, words: string): void {
  const { tell } = useNotices.getState();
  if (undoId === null) {
    tell(words, null);
    return;
  }
  const noticeId = tell(words, { label: t('triage.undo'), run: () => void undo(bridge, undoId) });
  done.push({ undoId, noticeId });
  if (done.length > KEPT) done.shift();
}

async function follow(
  bridge: Bridge,
  size: number,
  call: Promise<ActionOutcome>,
  words: (count: number) => string,
): Promise<boolean> {
  const { show } = useNotices.getState();
  const finish = useBusy.getState().start(size);
  try {
    const { undoId, changed } = await call;
    if (undoId === null) {
      useNotices.getState().tell(t('triage.done.nothing'), null);
      return true;
    }
    offerUndo(bridge, undoId, words(changed));
    return true;
  } catch (error) {
    show(callWords(error));
    return false;
  } finally {
    finish();
  }
}

/** Takes the newest action back; false when there is none. */
export function undoLast(bridge: Bridge): boolean {
  const last = done.at(-1);
  if (last === undefined) return false;
  useNotices.getState().dismiss(last.noticeId);
  void undo(bridge, last.undoId);
  return true;
}

async function undo(bridge: Bridge, undoId: string): Promise<void> {
  const at = done.findIndex((each) => each.undoId === undoId);
  if (at !== -1) done.splice(at, 1);
  const { show, tell } = useNotices.getState();
  try {
    await bridge.call('undo.apply', { undoId });
    tell(t('triage.done.undone'), null);
  } catch (error) {
    const late = error instanceof CallFailure && error.error.kind === 'not_found';
    show(late ? t('triage.done.tooLate') : callWords(error));
  }
}
