/**
 * Who is told of what. Told: what customers write in conversations of the kinds that the settings name, and notes that mention this
 * person. Not told: what is on screen, what one did oneself, anything while quiet. What came while nobody was connected, and a flood,
 * is one summary. Nothing of what was written is shown when the settings or a locked screen say so.
 */
import type { NotificationSettings, Settings } from '../../../shared/contract/settings.ts';
import { previewText } from '../../../shared/domain/message-content.ts';
import type { Arrival } from '../../sync/arrivals.ts';
import type { Attention } from './attention.ts';
import type { Ready } from '../context.ts';
import type { Log } from '../log.ts';
import type { Publisher } from '../publisher.ts';
import { isQuiet } from './quiet-hours.ts';
import type { Shell } from '../shell.ts';
import { wordsFor } from '../words.ts';

export type Notifications = {
  /** `live`: written now. Others are held until `caughtUp`. */
  arrived(arrivals: readonly Arrival[], live: boolean): void;
  /** The connection is up to date: what came meanwhile is told as one. */
  caughtUp(): void;
  /** The screen is locked or not. */
  locked(locked: boolean): void;
  /** Until then nothing is announced; null ends it. */
  doNotDisturb(until: number | null): void;
  /** The counts may be others: icon and tray follow, soon. */
  recount(): void;
  /** Nobody is signed in any more. */
  clear(): void;
  /** It is locked: what is shown goes, the count stays. */
  hide(): void;
  /** Conversations with something unread, as counted last. */
  unread(): number;
};

export type NotificationsOptions = {
  ready(): Ready | null;
  settings(): Settings;
  attention: Attention;
  publisher: Publisher;
  shell: Pick<Shell, 'notify' | 'setBadge' | 'locale' | 'withdrawNotifications'>;
  log: Log;
  now(): number;
};

/** More than this at once are one summary. */
const SEVERAL = 3;
/** Milliseconds in which changes of the count are gathered. */
const COUNT_DELAY = 250;
/** Characters of a text in a notification. */
const LONGEST = 200;

type Told = { title: string; body: string; conversationId: string };

export function createNotifications(options: NotificationsOptions): Notifications {
  const { attention, publisher, shell, log, now } = options;
  let isLocked = false;
  let undisturbedUntil = 0;
  let missed: Arrival[] = [];
  let badge = 0;
  let counting: NodeJS.Timeout | null = null;

  function quiet({ enabled, quietHours }: NotificationSettings): boolean {
    return !enabled || now() < undisturbedUntil || isQuiet(quietHours, new Date(now()));
  }

  async function tell(arrivals: readonly Arrival[]): Promise<void> {
    const ready = options.ready();
    if (ready === null) return;
    const { notifications, language } = options.settings();
    if (quiet(notifications)) return;
    const me = ready.session.me.id;
    const all = arrivals.filter(
      (arrival) => isWanted(arrival, notifications, me) && !attention.on(conversationOf(arrival)),
    );
    const wanted = await withoutRestricted(ready, all);
    const [first] = wanted;
    if (first === undefined) return;
    const words = wordsFor(language, shell.locale());
    const several = new Set(wanted.map(conversationOf)).size;
    if (wanted.length > SEVERAL) {
      const conversationId = several === 1 ? conversationOf(first) : null;
      show({ title: 'Parley', body: words.newMessages(wanted.length), conversationId });
    } else {
      const open = notifications.showContent && !isLocked;
      for (const arrival of wanted) {
        const conversationId = conversationOf(arrival);
        const body = arrival.type === 'mention' ? words.newMention : words.newMessage;
        const told = open ? await contentOf(ready, arrival, body) : { title: 'Parley', body, conversationId };
        if (told !== null) show(told);
      }
    }
    if (notifications.sound) publisher.publish('chime', { conversationId: conversationOf(first) });
  }

  /** What restricted people write is kept and not used: nobody is told of it. */
  async function withoutRestricted({ cache }: Ready, arrivals: Arrival[]): Promise<Arrival[]> {
    const writers = arrivals.flatMap((one) => (one.type === 'message' ? one.conversation.contactId : []));
    if (writers.length === 0) return arrivals;
    const people = await cache.read.contactsById({ ids: [...new Set(writers)] });
    const restricted = new Set(people.filter(({ restriction }) => restriction !== null).map(({ id }) => id));
    return arrivals.filter((one) => one.type !== 'message' || !restricted.has(one.conversation.contactId));
  }

  /** Null: a contact who is blocked, or a conversation that has gone since. */
  async function contentOf(ready: Ready, arrival: Arrival, otherwise: string): Promise<Told | null> {
    const conversationId = conversationOf(arrival);
    const found = await ready.cache.read.conversation({ id: conversationId });
    if (found === null || (arrival.type === 'message' && found.contact.blocked)) return null;
    // A colleague's note about somebody whose data may not be used: that there is one, no more.
    if (found.contact.restriction !== null) return { title: 'Parley', body: otherwise, conversationId };
    const text = arrival.type === 'mention' ? arrival.note.body : previewText(arrival.message.content);
    const body = text.trim() === '' ? otherwise : text.slice(0, LONGEST);
    return { title: found.contact.name === '' ? 'Parley' : found.contact.name, body, conversationId };
  }

  function show(notification: Omit<Told, 'conversationId'> & { conversationId: string | null }): void {
    // Without notifications of its own the desktop leaves it to the page.
    if (!shell.notify(notification)) publisher.publish('notification', notification);
  }

  async function count(): Promise<void> {
    const ready = options.ready();
    const next = ready === null ? 0 : await unreadOf(ready);
    if (next === badge) return;
    badge = next;
    shell.setBadge(next);
  }

  /** Conversations with something unread, of the kinds that the settings name. */
  async function unreadOf({ cache, session }: Ready): Promise<number> {
    const views = await cache.read.views({ me: session.me.id, now: now() });
    const of = (kind: string) => views.find(({ view }) => view.kind === kind)?.unread ?? 0;
    const { mine, unassigned, others } = options.settings().notifications.rules;
    const rest = Math.max(0, of('all') - of('mine') - of('unassigned'));
    return (mine ? of('mine') : 0) + (unassigned ? of('unassigned') : 0) + (others ? rest : 0);
  }

  function tellLater(arrivals: readonly Arrival[]): void {
    tell(arrivals).catch((error: unknown) => log.warn({ error }, 'a notification was not shown'));
  }

  return {
    arrived(arrivals, live) {
      if (live) tellLater(arrivals);
      else missed.push(...arrivals);
    },
    caughtUp() {
      const all = missed;
      missed = [];
      if (all.length > 0) tellLater(all);
    },
    locked(locked) {
      isLocked = locked;
    },
    doNotDisturb(until) {
      undisturbedUntil = until ?? 0;
    },
    recount() {
      counting ??= setTimeout(() => {
        counting = null;
        count().catch((error: unknown) => log.warn({ error }, 'unread not counted'));
      }, COUNT_DELAY).unref();
    },
    hide() {
      missed = [];
      shell.withdrawNotifications();
    },
    unread: () => badge,
    clear() {
      missed = [];
      if (badge !== 0) shell.setBadge(0);
      badge = 0;
    },
  };
}

function conversationOf(arrival: Arrival): string {
  return arrival.type === 'message' ? arrival.conversation.id : arrival.note.conversationId;
}

function isWanted(arrival: Arrival, { rules }: NotificationSettings, me: string): boolean {
  if (arrival.type === 'mention') {
    const { authorId, mentions } = arrival.note;
    return rules.mentions && authorId !== me && mentions.includes(me);
  }
  const { assigneeId } = arrival.conversation;
  if (assigneeId === me) return rules.mine;
  return assigneeId === null ? rules.unassigned : rules.others;
}
