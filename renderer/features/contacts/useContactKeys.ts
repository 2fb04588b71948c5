import { useEffect, useRef } from 'react';
import { useBridge } from '../../lib/bridge/context.ts';
import { isMac, Matcher, shortcutOf } from '../../lib/shortcuts/match.ts';
import type { ShortcutId } from '../../lib/shortcuts/table.ts';
import { useOverlay } from '../../lib/stores/overlay.ts';
import { undoLast } from '../../lib/undo/undo.ts';

export interface ContactCommands {
  readonly search: () => void;
  readonly filter: () => void;
  readonly add: () => void;
  readonly back: () => void;
}

const TYPING = 'input, textarea, select, [contenteditable="true"]';
const CLOSED = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]';
const PLACES: Readonly<Partial<Record<ShortcutId, string>>> = {
  goMine: '#/inbox/mine',
  goUnassigned: '#/inbox/unassigned',
  goAll: '#/inbox/all',
  goMentions: '#/inbox/mentions',
  goSnoozed: '#/inbox/snoozed',
  goClosed: '#/inbox/closed',
  goSettings: '#/settings',
  goContacts: '#/contacts',
};

/** Keys that work anywhere in the contact manager: those of the one table that have a meaning here. */
export function useContactKeys(commands: ContactCommands): void {
  const bridge = useBridge();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const matcher = new Matcher(isMac());
    const run = (id: ShortcutId): boolean => {
      const { search, filter, add, back } = latest.current;
      const place = PLACES[id];
      if (place !== undefined) window.location.hash = place;
      else if (id === 'search') search();
      else if (id === 'filter') filter();
      else if (id === 'newContact') add();
      else if (id === 'back') back();
      else if (id === 'undo') return undoLast(bridge);
      else if (id === 'palette' || id === 'sheet') useOverlay.getState().open({ kind: id });
      else return false;
      return true;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(CLOSED) != null || useOverlay.getState().overlay !== null) return;
      const typing = target?.closest(TYPING) != null;
      if (typing && !event.metaKey && !event.ctrlKey && event.key !== 'Escape') {
        matcher.reset();
        return;
      }
      const found = matcher.press(event, event.timeStamp);
      if (found === null || found === 'pending') return;
      if (typing && found !== 'back' && shortcutOf(found).whileTyping !== true) return;
      if (run(found)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [bridge]);
}
