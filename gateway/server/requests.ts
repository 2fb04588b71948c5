/** The requests of a desktop over its socket: each checked by its schema, answered once, refused with a kind. */
import type { z } from 'zod';
import { EphemeralSignal } from '../../shared/protocol/ephemeral.ts';
import { ConversationHistoryRequest, PageRequest, SubscribeRequest } from '../../shared/protocol/sync.ts';
import { contactPlaceOf } from '../store/contact-pages.ts';
import { conversationPlaceOf, placeOf } from '../store/page-cursor.ts';
import type { Place } from '../store/page-cursor.ts';
import { canSeeConversation } from '../store/visibility.ts';
import { executeCommand } from './commands/execute.ts';
import type { Connection } from './connection.ts';
import type { ServerContext } from './context.ts';
import type { Ephemeral } from './ephemeral.ts';
import { issueOf, Refusal, refusalOf } from './errors.ts';
import { RawJson } from './wire-json.ts';

type Ack = (answer: unknown) => void;

/** Conversations per page at most: each brings messages with it. */
const MAX_CONVERSATIONS = 500;

export function registerRequests(context: ServerContext, connection: Connection, ephemeral: Ephemeral): void {
  const { store } = context;
  const { socket } = connection;

  /** Runs a handler for a checked request and acks its answer: JSON text as it is, anything else as `{ok, value}`. */
  function answer<T extends z.ZodType>(
    name: string,
    schema: T,
    args: unknown[],
    handle: (request: z.infer<T>) => unknown,
  ): void {
    const ack = ackOf(args);
    if (ack === null) return;
    try {
      const parsed = schema.safeParse(args[0]);
      if (!parsed.success) throw new Refusal('invalid', issueOf(parsed.error));
      const value = handle(parsed.data);
      if (value instanceof RawJson) ack(new RawJson(`{"ok":true,"value":${value.text}}`));
      else ack({ ok: true, value });
    } catch (error) {
      report(name, error);
      ack({ ok: false, error: refusalOf(error) });
    }
  }

  function report(name: string, error: unknown): void {
    if (error instanceof Refusal) {
      context.logger.debug({ request: name, kind: error.refusal.kind }, 'request refused');
      return;
    }
    const fields = { request: name, error: error instanceof Error ? error.name : typeof error };
    context.logger.error(fields, 'request failed');
  }

  socket.on('subscribe', (...args: unknown[]) => {
    answer('subscribe', SubscribeRequest, args, ({ cursor }) => ({ head: connection.subscribe(cursor) }));
  });
  socket.on('sync.snapshot', (...args: unknown[]) => {
    const ack = ackOf(args);
    if (ack === null) return;
    try {
      ack(new RawJson(`{"ok":true,"value":${store.pages.snapshot(connection.viewer())}}`));
    } catch (error) {
      report('sync.snapshot', error);
      ack({ ok: false, error: refusalOf(error) });
    }
  });
  socket.on('sync.conversations', (...args: unknown[]) => {
    answer('sync.conversations', PageRequest, args, ({ cursor, limit }) => {
      const place = conversationPlaceOf(cursor);
      if (place === null) throw new Refusal('invalid', 'cursor');
      return new RawJson(
        store.conversationPages.page(connection.viewer(), place, Math.min(limit, MAX_CONVERSATIONS)),
      );
    });
  });
  socket.on('sync.contacts', (...args: unknown[]) => {
    answer('sync.contacts', PageRequest, args, ({ cursor, limit }) => {
      const place = contactPlaceOf(cursor);
      if (place === null) throw new Refusal('invalid', 'cursor');
      return new RawJson(store.contactPages.page(connection.viewer(), place, limit));
    });
  });
  socket.on('sync.history', (...args: unknown[]) => {
    answer('sync.history', PageRequest, args, ({ cursor, limit }) => {
      return new RawJson(store.pages.history(connection.viewer(), checkedPlace(cursor), limit));
    });
  });
  socket.on('conversation.history', (...args: unknown[]) => {
    answer('conversation.history', ConversationHistoryRequest, args, ({ conversationId, cursor, limit }) => {
      const viewer = connection.viewer();
      const conversation = store.conversations.get(viewer.ws, conversationId);
      if (conversation === null || !canSeeConversation(viewer, conversation)) throw new Refusal('not_found');
      const from = checkedPlace(cursor);
      return new RawJson(store.pages.conversationHistory(viewer.ws, conversationId, from, limit));
    });
  });
  socket.on('command', (...args: unknown[]) => {
    const ack = ackOf(args);
    if (ack === null) return;
    ack(executeCommand(context, connection.session.userId, args[0]));
  });
  socket.on('ephemeral', (...args: unknown[]) => {
    const parsed = EphemeralSignal.safeParse(args[0]);
    if (!parsed.success) return;
    try {
      ephemeral.signal(connection, parsed.data);
    } catch (error) {
      report('ephemeral', error);
    }
  });
  // A newer desktop may ask for what this gateway does not know: it gets an answer, not silence.
  socket.onAny((name: unknown, ...args: unknown[]) => {
    if (typeof name === 'string' && KNOWN.has(name)) return;
    ackOf(args)?.({ ok: false, error: new Refusal('invalid', 'unknown request').refusal });
  });
}

const KNOWN: ReadonlySet<string> = new Set([
  'subscribe',
  'sync.snapshot',
  'sync.conversations',
  'sync.contacts',
  'sync.history',
  'conversation.history',
  'command',
  'ephemeral',
]);

/** The ack function of a request; null when the other side wants no answer. */
function ackOf(args: unknown[]): Ack | null {
  const last = args.at(-1);
  return typeof last === 'function' ? (last as Ack) : null;
}

function checkedPlace(cursor: string | null): Place {
  const place = placeOf(cursor);
  if (place === null) throw new Refusal('invalid', 'cursor');
  return place;
}
