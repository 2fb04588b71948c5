import type { RefObject } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import type { View } from '../../../shared/contract/rows.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { lockNow } from '../../lib/lock.ts';
import { useReady } from '../../lib/queries/hooks.ts';
import { isMac, Matcher, shortcutOf } from '../../lib/shortcuts/match.ts';
import type { ShortcutId } from '../../lib/shortcuts/table.ts';
import { useContactRequests } from '../../lib/stores/contactRequests.ts';
import { useLostDevice } from '../../lib/stores/lostDevice.ts';
import { useNotices } from '../../lib/stores/notices.ts';
import { useListing } from '../../lib/stores/listing.ts';
import { useOverlay } from '../../lib/stores/overlay.ts';
import { useSearching } from '../../lib/stores/searching.ts';
import { useWritingMode } from '../../lib/stores/writingMode.ts';
import { useSelection } from '../../lib/stores/selection.ts';
import { undoLast } from '../../lib/undo/undo.ts';
import type { Triage } from './bulk/triage.ts';

export interface ShortcutPlace {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly conversationId: string | null;
  readonly triage: Triage;
  readonly onBack: () => void;
  readonly onView: (view: View) => void;
}

/** What each key does; false: nothing here, the key goes on. Without an entry the key is the list's own. */
export type Commands = { readonly [Id in ShortcutId]?: () => boolean };

/** Everything that has a key, as commands: for the keys, and for the palette. */
export function useCommands(place: ShortcutPlace): Commands {
  const { grid, conversationId, triage, onBack, onView } = place;
  const bridge = useBridge();
  const { me } = useReady();
  return useMemo(() => {
    const withTargets = (action: (ids: ReadonlyArray<string>) => void) => (): boolean => triage.act(action);
    const asking = (kind: 'assign' | 'label' | 'snooze' | 'close') =>
      withTargets((ids) => useOverlay.getState().open({ kind, ids }));
    // The list of the other view appears once it is read, and takes the focus then.
    const go = (view: View) => (): boolean => {
      useSearching.getState().close();
      useSelection.getState().wantFocus(true);
      onView(view);
      return true;
    };
    const inList = (key: string) => (): boolean => pressIn(grid, key);
    return {
      next: inList('j'),
      previous: inList('k'),
      nextView: inList('j'),
      previousView: inList('k'),
      pick: () => {
        const { cursorId, toggle } = useSelection.getState();
        const id = cursorId ?? conversationId;
        if (id !== null) toggle(id);
        return id !== null;
      },
      pickAll: () => {
        triage.pickAll();
        return true;
      },
      back: () => {
        if (triage.drop()) return true;
        if (useSearching.getState().isOpen) useSearching.getState().close();
        else onBack();
        return true;
      },
      reply: () => {
        if (conversationId !== null) useWritingMode.getState().ask('reply');
        return conversationId !== null;
      },
      note: () => {
        if (conversationId !== null) useWritingMode.getState().ask('note');
        return conversationId !== null;
      },
      close: withTargets((ids) => triage.toggleClosed(ids)),
      closeReason: asking('close'),
      snooze: asking('snooze'),
      assign: asking('assign'),
      assignMe: withTargets((ids) =>
        triage.assign(ids, { assigneeId: me.id, teamId: null, name: me.name }, null),
      ),
      label: asking('label'),
      unread: withTargets((ids) => {
        triage.unread(ids);
        if (conversationId !== null && ids.includes(conversationId)) onBack();
      }),
      read: withTargets((ids) => triage.read(ids)),
      pin: withTargets((ids) => triage.togglePin(ids)),
      date: () => {
        if (conversationId !== null) useOverlay.getState().open({ kind: 'date', ids: [conversationId] });
        return conversationId !== null;
      },
      findHere: () => {
        useSearching.getState().open(conversationId);
        return true;
      },
      search: () => {
        useSearching.getState().open(null);
        return true;
      },
      filter: () => {
        const { filterOpen, showFilter } = useListing.getState();
        showFilter(!filterOpen);
        return true;
      },
      palette: () => {
        useOverlay.getState().open({ kind: 'palette' });
        return true;
      },
      sheet: () => {
        useOverlay.getState().open({ kind: 'sheet' });
        return true;
      },
      undo: () => undoLast(bridge),
      goMine: go({ kind: 'mine' }),
      goUnassigned: go({ kind: 'unassigned' }),
      goAll: go({ kind: 'all' }),
      goMentions: go({ kind: 'mentions' }),
      goSnoozed: go({ kind: 'snoozed' }),
      goClosed: go({ kind: 'closed' }),
      goContacts: () => {
        window.location.hash = '#/contacts';
        return true;
      },
      newContact: () => {
        useContactRequests.getState().add(true);
        window.location.hash = '#/contacts';
        return true;
      },
      lock: () => {
        lockNow(bridge).catch((error: unknown) => useNotices.getState().show(callWords(error)));
        return true;
      },
      reportLost: () => {
        useLostDevice.getState().open();
        return true;
      },
      goSettings: () => {
        window.location.hash = '#/settings';
        return true;
      },
    };
  }, [bridge, me, grid, conversationId, triage, onBack, onView]);
}

/** The list has its own keys; it gets them from anywhere. */
function pressIn(grid: RefObject<HTMLDivElement | null>, key: string): boolean {
  const list = grid.current;
  if (list === null) return false;
  list.focus();
  list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  return true;
}

const TYPING = 'input, textarea, select, [contenteditable="true"]';
const CLOSED = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]';

/**
 * Keys that work anywhere in the inbox. Inside a text box only those with Ctrl or Cmd and Escape count, inside a menu or dialog none.
 */
export function useShortcuts(commands: Commands): void {
  const matcher = useRef<Matcher>(null);
  useEffect(() => {
    matcher.current ??= new Matcher(isMac());
    const { current } = matcher;
    const onKeyDown = (event: KeyboardEvent): void => {
      // Keys that we make ourselves are for the list.
      if (event.defaultPrevented || event.isComposing || !event.isTrusted) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(CLOSED) != null || useOverlay.getState().overlay !== null) return;
      const typing = target?.closest(TYPING) != null;
      const plain = !event.metaKey && !event.ctrlKey && event.key !== 'Escape';
      if (typing && plain) {
        current.reset();
        return;
      }
      const found = current.press(event, event.timeStamp);
      if (found === null || found === 'pending') return;
      if (typing && found !== 'back' && shortcutOf(found).whileTyping !== true) return;
      if (commands[found]?.() === true) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands]);
}
