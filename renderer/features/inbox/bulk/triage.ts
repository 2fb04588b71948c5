import type { QueryClient } from '@tanstack/react-query';
import type { ConversationAction } from '../../../../shared/contract/actions.ts';
import { MAX_BULK } from '../../../../shared/contract/actions.ts';
import type { ConversationDetail, ConversationRow, View } from '../../../../shared/contract/rows.ts';
import type { ConversationSort } from '../../../../shared/domain/conversation-filter.ts';
import type { User } from '../../../../shared/domain/workspace.ts';
import { t } from '../../../i18n/t.ts';
import type { Bridge } from '../../../lib/bridge/bridge.ts';
import { callWords } from '../../../lib/callWords.ts';
import { keys, viewKey } from '../../../lib/queries/keys.ts';
import type { ListPage } from '../../../lib/queries/list.ts';
import { useKeptUnread } from '../../../lib/stores/keptUnread.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useSelection } from '../../../lib/stores/selection.ts';
import { perform, runMacro } from '../../../lib/undo/undo.ts';

export interface Place {
  readonly view: View;
  readonly sort: ConversationSort;
  readonly openId: string | null;
  readonly me: Pick<User, 'id' | 'role'>;
  /** Opens a conversation of the view, or none. */
  readonly show: (conversationId: string | null) => void;
}

type Ids = ReadonlyArray<string>;

/** What can be done with the selection, or with the conversation that is open. Every action offers to be undone. */
export class Triage {
  readonly #bridge: Bridge;
  readonly #client: QueryClient;
  #at: Place;
  /** All of the view being read, to be selected; what is pressed meanwhile waits for it. */
  #picking: Promise<boolean> | null = null;

  constructor(bridge: Bridge, client: QueryClient, place: Place) {
    this.#bridge = bridge;
    this.#client = client;
    this.#at = place;
  }

  /** Where the person is now. */
  stand(place: Place): void {
    this.#at = place;
  }

  /** What an action means now: what is selected, else what is open, else where the keyboard is. */
  targets(): Ids {
    const { picked, cursorId } = useSelection.getState();
    if (picked.size > 0) return [...picked];
    const id = this.#at.openId ?? cursorId;
    return id === null ? [] : [id];
  }

  /**
   * Acts on the targets; false when there are none. Right after "select all" it waits until all are selected, and does nothing when
   * they could not be: it must not hit the open conversation alone.
   */
  act(action: (ids: Ids) => void): boolean {
    if (this.#picking !== null) {
      void this.#picking.then((picked) => {
        if (picked) action(this.targets());
      });
      return true;
    }
    const ids = this.targets();
    if (ids.length > 0) action(ids);
    return ids.length > 0;
  }

  /** Rows as they were last read; what was never shown is missing. */
  rows(ids: Ids): ConversationRow[] {
    const known = new Map<string, ConversationRow>();
    for (const [, page] of this.#client.getQueriesData<ListPage>({ queryKey: keys.lists })) {
      for (const row of page?.rows ?? []) known.set(row.conversation.id, row);
    }
    return ids.flatMap((id) => known.get(id) ?? []);
  }

  close(ids: Ids, reason: string | null): void {
    this.#leave(ids, { type: 'status', status: 'closed', snoozedUntil: null, reason }, (count) =>
      t('triage.done.closed', { count }),
    );
  }

  /** Closes, or opens again when everything is closed. */
  toggleClosed(ids: Ids): void {
    const rows = new Map(this.rows(ids).map((row) => [row.conversation.id, row.conversation.status]));
    const isClosed = (id: string): boolean => (this.#detailStatus(id) ?? rows.get(id)) === 'closed';
    if (ids.length > 0 && ids.every(isClosed)) this.reopen(ids);
    else this.close(ids, null);
  }

  reopen(ids: Ids): void {
    this.#run(ids, { type: 'status', status: 'open', snoozedUntil: null, reason: null }, (count) =>
      t('triage.done.open', { count }),
    );
  }

  /** `until` epoch ms; null: until the customer writes. */
  snooze(ids: Ids, until: number | null): void {
    this.#leave(ids, { type: 'status', status: 'snoozed', snoozedUntil: until, reason: null }, (count) =>
      t('triage.done.snoozed', { count }),
    );
  }

  /** To a person or a team (with its name), or back to the queue. */
  assign(
    ids: Ids,
    to: { readonly assigneeId: string | null; readonly teamId: string | null; readonly name: string | null },
    note: string | null,
  ): void {
    const { assigneeId, teamId, name } = to;
    const { me, view } = this.#at;
    // What is passed on leaves one's own list; agents do not see what others work on at all.
    const leaves =
      assigneeId !== me.id &&
      (view.kind === 'mine' || (assigneeId !== null && (view.kind === 'unassigned' || me.role === 'agent')));
    const action: ConversationAction = { type: 'assign', assigneeId, teamId, note };
    const words = (count: number): string =>
      name === null ? t('triage.done.queue', { count }) : t('triage.done.assigned', { count, name });
    if (leaves) this.#leave(ids, action, words);
    else this.#run(ids, action, words);
  }

  label(ids: Ids, labelId: string, on: boolean): void {
    const action: ConversationAction = {
      type: 'labels',
      add: on ? [labelId] : [],
      remove: on ? [] : [labelId],
    };
    void this.#perform(ids, action, (count) => t('triage.done.labels', { count }));
  }

  read(ids: Ids): void {
    this.#run(ids, { type: 'read' }, (count) => t('triage.done.read', { count }));
  }

  unread(ids: Ids): void {
    const { openId } = this.#at;
    if (openId !== null && ids.includes(openId)) useKeptUnread.getState().keep(openId);
    this.#run(ids, { type: 'unread' }, (count) => t('triage.done.unread', { count }));
  }

  /** Pins, or unpins when everything is pinned. */
  togglePin(ids: Ids): void {
    const rows = this.rows(ids);
    const pinned = !(rows.length === ids.length && rows.every((row) => row.pinned));
    this.#run(ids, { type: 'pin', pinned }, (count) =>
      pinned ? t('triage.done.pinned', { count }) : t('triage.done.unpinned', { count }),
    );
  }

  macro(ids: Ids, macroId: string, name: string): void {
    if (ids.length === 0) return;
    const next = this.#after(ids);
    void runMacro(this.#bridge, ids.slice(0, MAX_BULK), macroId, (count) =>
      t('triage.done.macro', { count, name }),
    ).then((done) => {
      if (done) useSelection.getState().clear();
      const left = ids.length === 1 && this.#statusOf(ids[0] ?? '') !== 'open';
      if (done && left && next !== undefined) this.#at.show(next);
    });
  }

  /** Selects everything in the view, also what is not loaded. */
  pickAll(): void {
    const { view, sort } = this.#at;
    const picking: Promise<boolean> = this.#bridge
      .call('inbox.ids', { view, sort })
      .then(
        ({ ids }) => {
          // Another view was gone to, or the selection given up, before they were here.
          if (this.#picking !== picking || viewKey(this.#at.view) !== viewKey(view)) return false;
          useSelection.getState().set(ids);
          return ids.length > 0;
        },
        (error: unknown) => {
          useNotices.getState().show(callWords(error));
          return false;
        },
      )
      .finally(() => {
        if (this.#picking === picking) this.#picking = null;
      });
    this.#picking = picking;
  }

  /** Gives up what was selected, and what is about to be. True when there was anything. */
  drop(): boolean {
    const { picked, clear } = useSelection.getState();
    const any = picked.size > 0 || this.#picking !== null;
    this.#picking = null;
    clear();
    return any;
  }

  #run(ids: Ids, action: ConversationAction, words: (count: number) => string): void {
    void this.#perform(ids, action, words).then((done) => {
      if (done) useSelection.getState().clear();
    });
  }

  /** Like `#run`, for what takes conversations out of the list: the next one is opened in the place of the one that goes. */
  #leave(ids: Ids, action: ConversationAction, words: (count: number) => string): void {
    const next = this.#after(ids);
    const { openId, show } = this.#at;
    this.#run(ids, action, words);
    if (openId !== null && ids.includes(openId) && next !== undefined) show(next);
  }

  #perform(ids: Ids, action: ConversationAction, words: (count: number) => string): Promise<boolean> {
    if (ids.length === 0) return Promise.resolve(false);
    return perform(this.#bridge, ids.slice(0, MAX_BULK), action, words);
  }

  /** What comes after the open one in the list when `ids` are gone; null at the end, undefined when it is not in the list. */
  #after(ids: Ids): string | null | undefined {
    const { view, sort, openId } = this.#at;
    const rows = this.#client.getQueryData<ListPage>(keys.list(viewKey(view), sort))?.rows ?? [];
    return nextAfter(
      rows.map((row) => row.conversation.id),
      openId,
      new Set(ids),
    );
  }

  #statusOf(id: string): string | undefined {
    return this.#detailStatus(id) ?? this.rows([id])[0]?.conversation.status;
  }

  #detailStatus(id: string): string | undefined {
    return this.#client.getQueryData<ConversationDetail>(keys.detail(id))?.conversation.status;
  }
}

/** The first of `ids` after `from` that stays, else the last before it; null when none stays; undefined when `from` is not there. */
export function nextAfter(
  ids: Ids,
  from: string | null,
  leaving: ReadonlySet<string>,
): string | null | undefined {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at === -1) return undefined;
  const stays = (id: string): boolean => !leaving.has(id);
  return ids.slice(at + 1).find(stays) ?? ids.slice(0, at).findLast(stays) ?? null;
}
