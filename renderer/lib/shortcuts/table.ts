import type { triage } from '../../i18n/en/triage.ts';

/**
 * Every key of the inbox, once: the handlers, the sheet (`?`) and the palette read this table. `keys`: one per step of a sequence;
 * `Mod` is Cmd on a Mac and Ctrl elsewhere. `hidden`: works, but the sheet shows its twin.
 */
export interface Shortcut {
  readonly id: ShortcutId;
  readonly keys: ReadonlyArray<string>;
  readonly words: `triage.keys.${Exclude<keyof (typeof triage)['keys'], 'title' | 'scope'>}`;
  readonly scope: 'list' | 'action' | 'go' | 'anywhere';
  /** Works while one is typing too: only with Mod. */
  readonly whileTyping?: true;
  readonly hidden?: true;
}

export type ShortcutId =
  | 'next'
  | 'previous'
  | 'open'
  | 'pick'
  | 'pickNext'
  | 'pickPrevious'
  | 'pickAll'
  | 'back'
  | 'close'
  | 'closeReason'
  | 'snooze'
  | 'assign'
  | 'assignMe'
  | 'label'
  | 'unread'
  | 'read'
  | 'pin'
  | 'reply'
  | 'note'
  | 'date'
  | 'findHere'
  | 'search'
  | 'filter'
  | 'palette'
  | 'sheet'
  | 'undo'
  | 'nextView'
  | 'previousView'
  | 'goMine'
  | 'goUnassigned'
  | 'goAll'
  | 'goMentions'
  | 'goClosed'
  | 'goSnoozed'
  | 'goSettings'
  | 'goContacts'
  | 'newContact'
  | 'lock'
  | 'reportLost';

export const SHORTCUTS: ReadonlyArray<Shortcut> = [
  { id: 'next', keys: ['j'], words: 'triage.keys.next', scope: 'list' },
  { id: 'previous', keys: ['k'], words: 'triage.keys.previous', scope: 'list' },
  { id: 'open', keys: ['Enter'], words: 'triage.keys.open', scope: 'list' },
  { id: 'nextView', keys: [']'], words: 'triage.keys.nextView', scope: 'list' },
  { id: 'previousView', keys: ['['], words: 'triage.keys.previousView', scope: 'list' },
  { id: 'pick', keys: ['x'], words: 'triage.keys.pick', scope: 'list' },
  { id: 'pickNext', keys: ['Shift+ArrowDown'], words: 'triage.keys.pickNext', scope: 'list' },
  { id: 'pickPrevious', keys: ['Shift+ArrowUp'], words: 'triage.keys.pickPrevious', scope: 'list' },
  { id: 'pickAll', keys: ['Shift+a'], words: 'triage.keys.pickAll', scope: 'list' },
  { id: 'back', keys: ['Escape'], words: 'triage.keys.back', scope: 'list' },

  { id: 'reply', keys: ['r'], words: 'triage.keys.reply', scope: 'action' },
  { id: 'note', keys: ['n'], words: 'triage.keys.note', scope: 'action' },
  { id: 'close', keys: ['e'], words: 'triage.keys.close', scope: 'action' },
  { id: 'closeReason', keys: ['Shift+e'], words: 'triage.keys.closeReason', scope: 'action' },
  { id: 'snooze', keys: ['s'], words: 'triage.keys.snooze', scope: 'action' },
  { id: 'assign', keys: ['a'], words: 'triage.keys.assign', scope: 'action' },
  { id: 'assignMe', keys: ['m'], words: 'triage.keys.assignMe', scope: 'action' },
  { id: 'label', keys: ['l'], words: 'triage.keys.label', scope: 'action' },
  { id: 'unread', keys: ['u'], words: 'triage.keys.unread', scope: 'action' },
  { id: 'read', keys: ['Shift+u'], words: 'triage.keys.read', scope: 'action' },
  { id: 'pin', keys: ['p'], words: 'triage.keys.pin', scope: 'action' },
  { id: 'date', keys: ['g', 'd'], words: 'triage.keys.date', scope: 'action' },
  { id: 'findHere', keys: ['Mod+f'], words: 'triage.keys.findHere', scope: 'action', whileTyping: true },

  { id: 'goMine', keys: ['g', 'm'], words: 'triage.keys.goMine', scope: 'go' },
  { id: 'goUnassigned', keys: ['g', 'u'], words: 'triage.keys.goUnassigned', scope: 'go' },
  { id: 'goAll', keys: ['g', 'a'], words: 'triage.keys.goAll', scope: 'go' },
  { id: 'goMentions', keys: ['g', 'n'], words: 'triage.keys.goMentions', scope: 'go' },
  { id: 'goSnoozed', keys: ['g', 's'], words: 'triage.keys.goSnoozed', scope: 'go' },
  { id: 'goClosed', keys: ['g', 'c'], words: 'triage.keys.goClosed', scope: 'go' },
  { id: 'goContacts', keys: ['g', 'p'], words: 'triage.keys.goContacts', scope: 'go' },
  { id: 'goSettings', keys: ['g', ','], words: 'triage.keys.goSettings', scope: 'go' },

  { id: 'palette', keys: ['Mod+k'], words: 'triage.keys.palette', scope: 'anywhere', whileTyping: true },
  { id: 'search', keys: ['/'], words: 'triage.keys.search', scope: 'anywhere' },
  { id: 'filter', keys: ['f'], words: 'triage.keys.filter', scope: 'anywhere' },
  { id: 'newContact', keys: ['c'], words: 'triage.keys.newContact', scope: 'anywhere' },
  { id: 'undo', keys: ['Mod+z'], words: 'triage.keys.undo', scope: 'anywhere' },
  { id: 'lock', keys: ['Mod+l'], words: 'triage.keys.lock', scope: 'anywhere', whileTyping: true },
  {
    id: 'reportLost',
    keys: ['Mod+Shift+l'],
    words: 'triage.keys.reportLost',
    scope: 'anywhere',
    whileTyping: true,
  },
  { id: 'sheet', keys: ['?'], words: 'triage.keys.sheet', scope: 'anywhere' },
];
