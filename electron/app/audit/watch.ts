/**
 * Which calls of the page leave a line in the audit, in one place: signing in and out, unlocking, searches, opened files, changed settings and rules.
 * What only a handler knows (an export, an erasure) is written there. Of a search only that it was made, and how many hits.
 */
import type { CallResult } from '../../../shared/contract/frames.ts';
import type { AppState } from '../../../shared/contract/state.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/contract/settings.ts';
import type { AuditLine } from '../context.ts';

export type AuditWatch = {
  /** Asked before a call runs; the answer is told to `after`. */
  before(): Before;
  after(name: string, input: unknown, result: CallResult, before: Before): void;
  phase(state: AppState): void;
  /** The search that is still being typed is taken as it stands. */
  settle(): void;
};

type Before = { settings: Settings; me: string | null };

export type AuditWatchOptions = {
  note(line: AuditLine): void;
  settings(): Settings;
  me(): string | null;
};

/** A search is one line, however many letters it was typed with: after so many milliseconds without another. */
const TYPED = 1_500;

type Search = { action: string; words: string; hits: number; timer: NodeJS.Timeout };

export function createAuditWatch({ note, settings, me }: AuditWatchOptions): AuditWatch {
  let typing: Search | null = null;
  /** The words of the last one, in memory only: the page reads an open search again when something comes in. */
  let lastWords = '';
  let viewed = '';
  let signedIn: string | null = null;

  const plain = (action: string, more: Partial<AuditLine> = {}): void =>
    note({ action, subjects: [], counts: {}, reason: null, ...more });

  function settle(): void {
    if (typing === null) return;
    clearTimeout(typing.timer);
    plain(typing.action, { counts: { hits: typing.hits } });
    lastWords = typing.words;
    typing = null;
  }

  function searched(action: string, text: string, hits: number): void {
    const words = `${action} ${text}`;
    if (typing === null && words === lastWords) return;
    if (typing !== null && typing.action !== action) settle();
    if (typing !== null) clearTimeout(typing.timer);
    typing = { action, words, hits, timer: setTimeout(settle, TYPED).unref() };
  }

  /** The page says which conversation is in front once for each opening, not for each reading. */
  function signalled(type: string, conversationId: string): void {
    if (type !== 'viewing' || conversationId === viewed) return;
    viewed = conversationId;
    if (viewed !== '') plain('view.conversation', { subjects: [viewed] });
  }

  function refused(name: string, error: Extract<CallResult, { ok: false }>['error']): void {
    if (name === 'key.unlock' && error.kind === 'wrong_passphrase') plain('key.unlock.failed');
    if (name === 'session.signIn' && error.kind === 'sign_in_refused')
      plain('session.signIn.failed', { reason: error.auth ?? null });
  }

  function done(name: string, input: unknown, value: unknown, before: Before): void {
    switch (name) {
      case 'search.query':
        return searched('search.messages', textOf(input, 'text'), lengthOf(value, 'hits'));
      case 'contacts.list':
        if (textOf(input, 'query').trim() !== '')
          searched('search.contacts', textOf(input, 'query'), numberOf(value, 'total'));
        return;
      case 'connection.signal':
        return signalled(textOf(input, 'type'), textOf(input, 'conversationId'));
      case 'media.open':
        return plain('file.open', { subjects: [textOf(input, 'mediaId')] });
      case 'key.unlock':
        return plain('key.unlock');
      case 'retention.save':
      case 'storage.limit':
      case 'storage.reindex':
      case 'termination.begin':
      case 'termination.cancel':
      case 'key.recover':
        return plain(name);
      case 'hold.save':
        return plain('hold.save', { reason: textOf(input, 'reason') });
      case 'hold.release':
        return plain('hold.release', { subjects: [textOf(input, 'holdId')] });
      case 'storage.free':
        if (!isRecord(input) || input['dry'] !== false) return;
        return plain('storage.free', { counts: { files: numberOf(value, 'files') } });
      case 'device.lost':
        return plain('device.lost', { actorId: before.me });
      case 'key.create':
        return plain('key.create', { reason: textOf(input, 'mode') });
      case 'key.resolve':
        return plain(`key.resolve`, { reason: textOf(input, 'action') });
      case 'session.signIn':
        return plain('session.signIn');
      case 'session.signOut':
        return plain('session.signOut', { actorId: before.me });
      case 'session.revokeDevice':
      case 'session.wipeDevice':
        return plain(name, { subjects: [textOf(input, 'deviceId')] });
      case 'settings.save': {
        const names = changedNames(before.settings, settings());
        if (names.length > 0) plain('settings.change', { subjects: names });
      }
    }
  }

  return {
    before: () => ({ settings: settings(), me: me() }),
    after(name, input, result, before) {
      if (result.ok) done(name, input, result.value, before);
      else refused(name, result.error);
    },
    phase(state) {
      if (state.phase === 'ready') signedIn = state.me.id;
      else if (signedIn !== null && state.phase === 'locked') {
        settle();
        plain('key.lock', { actorId: signedIn });
        signedIn = null;
      } else if (signedIn !== null && state.phase === 'signed_out') {
        settle();
        // Signing out oneself has no reason and stands in the audit as a call.
        if (state.reason !== null) plain('session.ended', { actorId: signedIn, reason: state.reason });
        signedIn = null;
        lastWords = '';
        viewed = '';
      }
    },
    settle,
  };
}

/** Names of settings that differ, never their values; `notifications.sound` for one inside of a group. */
export function changedNames(before: Settings, after: Settings): string[] {
  const names = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];
  return names.flatMap((name) => {
    const [old, next]: [unknown, unknown] = [before[name], after[name]];
    if (JSON.stringify(old) === JSON.stringify(next)) return [];
    if (!isRecord(old) || !isRecord(next)) return [name];
    return Object.keys(next)
      .filter((inner) => JSON.stringify(old[inner]) !== JSON.stringify(next[inner]))
      .map((inner) => `${name}.${inner}`);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown, name: string): string {
  const found = isRecord(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : '';
}

function numberOf(value: unknown, name: string): number {
  const found = isRecord(value) ? value[name] : undefined;
  return typeof found === 'number' ? found : 0;
}

function lengthOf(value: unknown, name: string): number {
  const found = isRecord(value) ? value[name] : undefined;
  return Array.isArray(found) ? found.length : 0;
}
