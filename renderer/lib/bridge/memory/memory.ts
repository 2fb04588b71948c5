/**
 * The contract in memory: for tests of the page and for looking at it without a main process. Never part of a build; nothing but tests
 * and dev.tsx imports it.
 */
import type { ConversationAction } from '../../../../shared/contract/actions.ts';
import type { CallInput, CallName, CallOutput } from '../../../../shared/contract/calls.ts';
import type { CallErrorKind } from '../../../../shared/contract/errors.ts';
import { CallFailure } from '../../../../shared/contract/errors.ts';
import type { ThreadItem, View } from '../../../../shared/contract/rows.ts';
import type { Settings } from '../../../../shared/contract/settings.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/contract/settings.ts';
import type { AppState, ConnectionState } from '../../../../shared/contract/state.ts';
import type { Conversation } from '../../../../shared/domain/conversation.ts';
import type { Bridge, Link } from '../bridge.ts';
import { Listeners } from '../listeners.ts';
import { messageOf, rowOf } from './world.ts';
import type { World } from './world.ts';

type Handlers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> };

export class MemoryBridge implements Bridge {
  readonly world: World;
  readonly calls: { name: CallName; input: unknown }[] = [];
  readonly #listeners = new Listeners();
  readonly #links = new Set<(link: Link) => void>();
  readonly #refusals = new Map<string, CallErrorKind>();
  #state: AppState;
  settings: Settings = DEFAULT_SETTINGS;
  #connection: ConnectionState = { state: 'online' };
  #nextId = 1;

  constructor(world: World, state?: AppState) {
    this.world = world;
    this.#state = state ?? readyState(world);
  }

  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    this.calls.push({ name, input });
    const refusal = this.#refusals.get(name);
    if (refusal !== undefined)
      return Promise.reject(new CallFailure({ kind: refusal, message: 'refused by the test' }));
    const handler = this.#handlers[name] as ((input: CallInput<N>) => CallOutput<N>) | undefined;
    if (handler === undefined) return Promise.resolve({} as CallOutput<N>);
    try {
      return Promise.resolve(structuredClone(handler(input)));
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error('thrown by a handler'));
    }
  }

  on: Bridge['on'] = (event, listener) => this.#listeners.add(event, listener);

  onLink(listener: (link: Link) => void): () => void {
    this.#links.add(listener);
    listener('open');
    return () => {
      this.#links.delete(listener);
    };
  }

  /** Makes a call be refused from now on; null lets it through again. */
  refuse(name: CallName, kind: CallErrorKind | null): void {
    if (kind === null) this.#refusals.delete(name);
    else this.#refusals.set(name, kind);
  }

  setState(state: AppState): void {
    this.#state = state;
    this.#listeners.emit('app.state', state);
  }

  setConnection(connection: ConnectionState): void {
    this.#connection = connection;
    this.#tellConnection();
  }

  setLink(link: Link): void {
    for (const listener of this.#links) listener(link);
  }

  emit(event: string, data: unknown): void {
    this.#listeners.emit(event, data);
  }

  /** A text of the customer comes in. */
  receive(conversationId: string, body: string, at: number): void {
    this.#append(conversationId, {
      type: 'message',
      outbox: null,
      message: messageOf({ id: this.#id(), conversationId, sentAt: at, content: { kind: 'text', body } }),
    });
    this.#patch(conversationId, (conversation) => ({ unread: conversation.unread + 1, lastInboundAt: at }));
  }

  readonly #handlers: Handlers = {
    'app.state': () => this.#state,
    'connection.state': () => ({ connection: this.#connection, unsent: this.#unsent() }),
    'session.unsent': () => ({ messages: this.#unsent(), changes: 0, imports: 0 }),
    'session.signIn': () => {
      this.setState(readyState(this.world));
      return {};
    },
    'directory.get': () => ({
      users: this.world.users,
      teams: [],
      channels: this.world.channels,
      labels: this.world.labels,
      templates: [],
      fields: [],
      policy: null,
      retention: null,
      holds: [],
      breaches: [],
    }),
    'inbox.views': () => {
      const views: View[] = [
        ...(['mine', 'unassigned', 'all', 'closed'] as const).map((kind) => ({ kind })),
        ...this.world.channels.map(({ id }) => ({ kind: 'channel' as const, id })),
        ...this.world.labels.map(({ id }) => ({ kind: 'label' as const, id })),
      ];
      return views.map((view) => {
        const list = this.#inView(view);
        return { view, total: list.length, unread: list.filter((each) => each.unread > 0).length };
      });
    },
    'inbox.list': ({ view, after, limit }) => {
      const list = this.#inView(view);
      const from = after === null ? 0 : list.findIndex((each) => each.id === after.id) + 1;
      const page = list.slice(from, from + limit);
      const last = page.at(-1);
      return {
        rows: page.map((each) => rowOf(this.world, each)),
        next: last === undefined || from + limit >= list.length ? null : { key: last.activeAt, id: last.id },
      };
    },
    'conversation.get': ({ conversationId }) => {
      const conversation = this.#conversation(conversationId);
      const contact = this.world.contacts.get(conversation.contactId);
      const channel = this.world.channels.find(({ id }) => id === conversation.channelId);
      if (contact === undefined || channel === undefined) throw notFound();
      const text = this.world.drafts.get(conversationId);
      const draft = text === undefined ? null : { text, quotedMessageId: null, attachments: [] };
      return { conversation, contact, channel, draft };
    },
    'conversation.thread': ({ conversationId, before, limit }) => {
      this.#conversation(conversationId);
      const items = this.world.threads.get(conversationId) ?? [];
      const end = before === null ? items.length : items.findIndex((item) => idOf(item) === before.id);
      const from = Math.max(0, end - limit);
      return { items: items.slice(from, end), older: from > 0 ? 'cache' : 'none', newer: false };
    },
    'conversation.read': ({ conversationId }) => {
      this.#patch(conversationId, () => ({ unread: 0 }));
      return {};
    },
    'conversations.apply': ({ conversationIds, action }) => {
      for (const id of conversationIds) this.#patch(id, () => patchOf(action));
      return { undoId: 'undo', changed: conversationIds.length };
    },
    'message.send': ({ conversationId, content }) => {
      const id = this.#id();
      const at = Date.now();
      this.#append(conversationId, {
        type: 'message',
        outbox: { id, state: 'waiting', sendAt: null, attempts: 0, nextAttemptAt: null, error: null },
        message: messageOf({
          id,
          conversationId,
          sentAt: at,
          content: content as Parameters<typeof messageOf>[0]['content'],
          direction: 'out',
          author: { type: 'user', userId: this.world.me.id },
          delivery: { status: 'queued', at, attempt: 1, error: null },
        }),
      });
      this.#tellConnection();
      return { messageId: id, undoUntil: null };
    },
    'note.add': ({ conversationId, body }) => {
      const id = this.#id();
      this.#append(conversationId, {
        type: 'note',
        outbox: null,
        note: {
          id,
          conversationId,
          authorId: this.world.me.id,
          body,
          mentions: [],
          createdAt: Date.now(),
          rev: 1,
        },
      });
      return { noteId: id };
    },
    'draft.save': ({ conversationId, draft: { text } }) => {
      if (text === '') this.world.drafts.delete(conversationId);
      else this.world.drafts.set(conversationId, text);
      this.#changed(conversationId);
      return {};
    },
    'settings.get': () => this.settings,
    'settings.save': (next) => {
      this.settings = next;
      this.#listeners.emit('settings', next);
      return {};
    },
    'presence.list': () => [{ userId: 'tom', state: 'busy' }],
    'library.list': () => [],
    'outbox.list': () => [],
    'termination.get': () => ({
      termination: null,
      wipeAt: null,
      daysLeft: null,
      promised: { value: null, source: '' },
      now: Date.now(),
      mayEdit: false,
    }),
    'session.devices': () => [
      {
        id: 'd1',
        name: 'Office PC',
        createdAt: 1_690_000_000_000,
        lastSeenAt: Date.now(),
        current: true,
        user: null,
        wipe: null,
      },
      {
        id: 'd2',
        name: 'Laptop',
        createdAt: 1_700_000_000_000,
        lastSeenAt: 1_700_000_000_000,
        current: false,
        user: null,
        wipe: null,
      },
    ],
    'diagnostics.get': () => ({
      version: '0.1.0',
      protocol: 1,
      cursor: 41_207,
      messages: 1_204_310,
      conversations: 8_120,
      outbox: 2,
      quarantined: 0,
      cacheBytes: 482_300_000,
      cipher: 'sqlcipher',
      keyMode: 'keychain',
    }),
    'media.load': ({ mediaId }) => {
      if (mediaId === 'broken') throw new CallFailure({ kind: 'offline', message: 'no file' });
      return { mimeType: 'image/png', size: 1 };
    },
  };

  #inView(view: View): Conversation[] {
    const all = [...this.world.conversations.values()].toSorted(
      (a, b) => b.activeAt - a.activeAt || (a.id < b.id ? 1 : -1),
    );
    return all.filter((each) => {
      if (view.kind === 'closed') return each.status === 'closed';
      if (each.status !== 'open') return view.kind === 'snoozed' && each.status === 'snoozed';
      if (view.kind === 'mine') return each.assigneeId === this.world.me.id;
      if (view.kind === 'unassigned') return each.assigneeId === null;
      if (view.kind === 'channel') return each.channelId === view.id;
      if (view.kind === 'label') return each.labelIds.includes(view.id);
      return view.kind === 'all';
    });
  }

  #conversation(conversationId: string): Conversation {
    const conversation = this.world.conversations.get(conversationId);
    if (conversation === undefined) throw notFound();
    return conversation;
  }

  #patch(conversationId: string, change: (conversation: Conversation) => Partial<Conversation>): void {
    const conversation = this.#conversation(conversationId);
    this.world.conversations.set(conversationId, { ...conversation, ...change(conversation) });
    this.#changed(conversationId);
  }

  #append(conversationId: string, item: ThreadItem): void {
    const items = this.world.threads.get(conversationId) ?? [];
    this.world.threads.set(conversationId, [...items, item]);
    const message = item.type === 'message' ? item.message : null;
    this.#patch(conversationId, (conversation) =>
      message === null
        ? {}
        : {
            activeAt: message.sentAt,
            lastMessage: {
              id: message.id,
              kind: message.content.kind,
              text: message.content.kind === 'text' ? message.content.body : '',
              direction: message.direction,
              status: message.delivery?.status ?? null,
              at: message.sentAt,
            },
            status: conversation.status,
          },
    );
  }

  #changed(conversationId: string): void {
    this.emit('changed', {
      conversations: [conversationId],
      contacts: [],
      lists: true,
      directory: false,
      outbox: false,
      library: false,
      everything: false,
    });
  }

  #tellConnection(): void {
    this.emit('connection', { connection: this.#connection, unsent: this.#unsent() });
  }

  #unsent(): number {
    return [...this.world.threads.values()]
      .flat()
      .filter((item) => item.type !== 'activity' && item.outbox !== null).length;
  }

  #id(): string {
    const id = `zz-${String(this.#nextId).padStart(5, '0')}`;
    this.#nextId += 1;
    return id;
  }
}

/** The state in which the inbox is shown. */
export function readyState(world: World): Extract<AppState, { phase: 'ready' }> {
  return {
    phase: 'ready',
    me: world.me,
    workspace: { id: 'w', name: 'Casa Azul' },
    gateway: 'http://127.0.0.1:1',
    keyWarning: null,
    recovered: null,
  };
}

function idOf(item: ThreadItem): string {
  if (item.type === 'activity') return item.activity.id;
  return item.type === 'message' ? item.message.id : item.note.id;
}

function patchOf(action: ConversationAction): Partial<Conversation> {
  switch (action.type) {
    case 'assign':
      return { assigneeId: action.assigneeId, teamId: action.teamId };
    case 'status':
      return { status: action.status, snoozedUntil: action.snoozedUntil };
    case 'labels':
      return { labelIds: action.add };
    case 'read':
      return { unread: 0 };
    case 'unread':
      return { unread: 1 };
    case 'pin':
      return {};
  }
}

function notFound(): CallFailure {
  return new CallFailure({ kind: 'not_found', message: 'no such conversation' });
}
