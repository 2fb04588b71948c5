import type { CannedReply, LibraryItem, Macro } from '../../../../shared/domain/library.ts';
import { CannedReply as CannedReplySchema } from '../../../../shared/domain/library.ts';

export type Scope = LibraryItem['scope'];

export const NEW_REPLY: CannedReply = { kind: 'canned_reply', shortcut: '', title: '', folder: '', body: '' };

export const NEW_MACRO: Macro = {
  kind: 'macro',
  title: '',
  reply: null,
  addLabelIds: [],
  removeLabelIds: [],
  assign: null,
  status: null,
};

export type ReplyProblems = Partial<Record<'shortcut' | 'title' | 'body', 'missing' | 'bad' | 'taken'>>;

/** What is wrong with a canned reply before it can be saved. `taken`: shortcuts of other replies. */
export function replyProblems(reply: CannedReply, taken: ReadonlySet<string>): ReplyProblems {
  const problems: ReplyProblems = {};
  const shortcut = reply.shortcut.trim();
  if (shortcut === '') problems.shortcut = 'missing';
  else if (!CannedReplySchema.shape.shortcut.safeParse(shortcut).success) problems.shortcut = 'bad';
  else if (taken.has(shortcut.toLocaleLowerCase())) problems.shortcut = 'taken';
  if (reply.title.trim() === '') problems.title = 'missing';
  if (reply.body.trim() === '') problems.body = 'missing';
  return problems;
}

/** As it is saved: no spaces around, a folder path without empty parts. */
export function tidyReply(reply: CannedReply): CannedReply {
  return {
    ...reply,
    shortcut: reply.shortcut.trim(),
    title: reply.title.trim(),
    folder: tidyFolder(reply.folder),
    body: reply.body.trim(),
  };
}

/** " Shipping / Delays/" is "Shipping/Delays". */
export function tidyFolder(folder: string): string {
  return folder
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');
}

/** Whether a macro does anything. */
export function hasSteps(macro: Macro): boolean {
  return (
    (macro.reply ?? '').trim() !== '' ||
    macro.addLabelIds.length > 0 ||
    macro.removeLabelIds.length > 0 ||
    macro.assign !== null ||
    macro.status !== null
  );
}

export function tidyMacro(macro: Macro): Macro {
  const reply = (macro.reply ?? '').trim();
  return { ...macro, title: macro.title.trim(), reply: reply === '' ? null : reply };
}

/** Whom a macro assigns to, as one word for a list: '' leaves it. */
export function assignKey(assign: Macro['assign']): string {
  if (assign === null || typeof assign === 'string') return assign ?? '';
  return 'userId' in assign ? `user-${assign.userId}` : `team-${assign.teamId}`;
}

export function assignOf(key: string): Macro['assign'] {
  if (key === 'me' || key === 'queue') return key;
  if (key.startsWith('user-')) return { userId: key.slice(5) };
  return key.startsWith('team-') ? { teamId: key.slice(5) } : null;
}
