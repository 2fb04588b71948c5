import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type NotificationSettings } from '../../../shared/contract/settings.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { Message, Note } from '../../../shared/domain/message.ts';
import type { Arrival } from '../../sync/arrivals.ts';
import { createAttention } from './attention.ts';
import type { Ready } from '../context.ts';
import { logTo } from '../log.ts';
import { createNotifications } from './notifications.ts';
import { createPublisher } from '../publisher.ts';

const SECRET = 'my card number';
type Shown = { title: string; body: string; conversationId: string | null };

function arrange(changes: Partial<NotificationSettings> = {}, options: { native?: boolean } = {}) {
  let now = new Date('2026-03-02T12:00:00').getTime();
  const settings = {
    ...DEFAULT_SETTINGS,
    notifications: { ...DEFAULT_SETTINGS.notifications, ...changes },
  };
  const shown: Shown[] = [];
  const badges: number[] = [];
  const told: { name: string; data: unknown }[] = [];
  const publisher = createPublisher(() => undefined);
  publisher.listen((name, data) => void told.push({ name, data }));
  const counts = { mine: 2, unassigned: 3, all: 10 };
  const ready = {
    session: { me: { id: 'me' } },
    cache: {
      read: {
        conversation: async ({ id }: { id: string }) =>
          id === 'gone'
            ? null
            : { contact: { name: `Name of ${id}`, blocked: id === 'blocked', restriction: null } },
        contactsById: async ({ ids }: { ids: string[] }) =>
          ids.map((id) => ({ id, restriction: id === 'c-restricted' ? { since: 1 } : null })),
        views: async () =>
          Object.entries(counts).map(([kind, unread]) => ({ view: { kind }, total: 20, unread })),
      },
    },
  } as unknown as Ready;
  const attention = createAttention();
  const notifications = createNotifications({
    ready: () => ready,
    settings: () => settings,
    attention,
    publisher,
    shell: {
      notify(notification) {
        if (options.native !== false) shown.push(notification);
        return options.native !== false;
      },
      withdrawNotifications: () => undefined,
      setBadge: (count) => void badges.push(count),
      locale: () => 'de-DE',
    },
    log: logTo({ write: () => undefined }),
    now: () => now,
  });
  return {
    notifications,
    attention,
    settings,
    shown,
    badges,
    told,
    counts,
    chimes: () => told.filter(({ name }) => name === 'chime').length,
    at(time: string) {
      now = new Date(`2026-03-02T${time}:00`).getTime();
    },
    /** Tells live arrivals and waits until they have been dealt with. */
    async arrive(...arrivals: Arrival[]) {
      notifications.arrived(arrivals, true);
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function message(conversationId: string, assigneeId: string | null = null): Arrival {
  return {
    type: 'message',
    message: { content: { kind: 'text', body: `${SECRET} in ${conversationId}` } } as Message,
    conversation: { id: conversationId, assigneeId, contactId: `c-${conversationId}` } as Conversation,
  };
}

function mention(authorId: string, mentions: string[]): Arrival {
  return { type: 'mention', note: { conversationId: 'n', authorId, mentions, body: 'look at this' } as Note };
}

test('a message is told with name and text, and with a sound', async () => {
  const { arrive, shown, chimes, told } = arrange();
  await arrive(message('a'));
  expect(shown).toEqual([{ title: 'Name of a', body: `${SECRET} in a`, conversationId: 'a' }]);
  expect(chimes()).toBe(1);
  // The desktop shows it, the page does not.
  expect(told.map(({ name }) => name)).toEqual(['chime']);
});

test('a desktop without notifications leaves them to the page', async () => {
  const { arrive, told } = arrange({ sound: false }, { native: false });
  await arrive(message('a'));
  expect(told).toEqual([
    { name: 'notification', data: { title: 'Name of a', body: `${SECRET} in a`, conversationId: 'a' } },
  ]);
});

test.each([
  ['mine', 'me'],
  ['unassigned', null],
  ['others', 'somebody'],
] as const)('the rule %s', async (rule, assigneeId) => {
  const none = { mine: false, unassigned: false, others: false, mentions: false };
  const only = arrange({ rules: { ...none, [rule]: true } });
  for (const who of ['me', null, 'somebody']) await only.arrive(message(`of ${who}`, who));
  expect(only.shown.map(({ conversationId }) => conversationId)).toEqual([`of ${assigneeId}`]);
});

test('a note that mentions me is told, but not my own and not one for others', async () => {
  const { arrive, shown, settings } = arrange();
  await arrive(mention('colleague', ['other']), mention('me', ['me']), mention('colleague', ['other', 'me']));
  expect(shown).toEqual([{ title: 'Name of n', body: 'look at this', conversationId: 'n' }]);
  settings.notifications = {
    ...settings.notifications,
    rules: { ...settings.notifications.rules, mentions: false },
  };
  await arrive(mention('colleague', ['me']));
  expect(shown).toHaveLength(1);
});

test('what is on screen is not told; without the focus, or beside it, it is', async () => {
  const { arrive, shown, chimes, attention } = arrange();
  attention.signal({ type: 'viewing', conversationId: 'a' });
  await arrive(message('a'));
  expect([shown.length, chimes()]).toEqual([0, 0]);
  await arrive(message('b'));
  attention.focus(false);
  await arrive(message('a'));
  attention.focus(true);
  attention.signal({ type: 'viewing', conversationId: null });
  await arrive(message('a'));
  expect(shown.map(({ conversationId }) => conversationId)).toEqual(['b', 'a', 'a']);
});

test('off, quiet hours and do not disturb: nothing is seen or heard', async () => {
  const off = arrange({ enabled: false });
  await off.arrive(message('a'));
  const quiet = arrange({ quietHours: { from: '22:00', to: '07:00', days: [1] } });
  quiet.at('23:00');
  await quiet.arrive(message('a'));
  expect([off.told, quiet.told, off.shown, quiet.shown]).toEqual([[], [], [], []]);
  quiet.at('21:00');
  quiet.notifications.doNotDisturb(new Date('2026-03-02T21:30:00').getTime());
  await quiet.arrive(message('a'));
  expect(quiet.shown).toEqual([]);
  quiet.at('21:31');
  await quiet.arrive(message('a'));
  expect(quiet.shown).toHaveLength(1);
  quiet.notifications.doNotDisturb(new Date('2026-03-02T23:30:00').getTime());
  quiet.notifications.doNotDisturb(null);
  await quiet.arrive(message('a'));
  expect(quiet.shown).toHaveLength(2);
});

test('without content when the settings or a locked screen say so, in the language of the system', async () => {
  const hidden = arrange({ showContent: false });
  await hidden.arrive(message('a'), mention('colleague', ['me']));
  expect(hidden.shown).toEqual([
    { title: 'Parley', body: 'Neue Nachricht', conversationId: 'a' },
    { title: 'Parley', body: 'Sie wurden erwähnt', conversationId: 'n' },
  ]);
  const locked = arrange();
  locked.notifications.locked(true);
  await locked.arrive(message('a'));
  locked.notifications.locked(false);
  await locked.arrive(message('b'));
  expect(JSON.stringify(locked.shown[0])).not.toContain(SECRET);
  expect(locked.shown[0]?.title).toBe('Parley');
  expect(locked.shown[1]?.body).toContain(SECRET);
});

test('many at once are one summary', async () => {
  const { arrive, shown, chimes } = arrange();
  await arrive(...['a', 'b', 'c', 'd'].map((id) => message(id)));
  expect(shown).toEqual([{ title: 'Parley', body: '4 neue Nachrichten', conversationId: null }]);
  await arrive(...Array.from({ length: 5 }, () => message('a')));
  expect(shown[1]).toEqual({ title: 'Parley', body: '5 neue Nachrichten', conversationId: 'a' });
  expect(chimes()).toBe(2);
});

test('what came while nobody was connected is told when the connection is up to date', async () => {
  const { notifications, shown } = arrange();
  for (const id of ['a', 'b', 'c', 'd', 'e']) notifications.arrived([message(id)], false);
  await settled();
  expect(shown).toEqual([]);
  notifications.caughtUp();
  notifications.caughtUp();
  await settled();
  expect(shown.map(({ body }) => body)).toEqual(['5 neue Nachrichten']);
});

test('what restricted people write is told to nobody, alone or among others', async () => {
  const { arrive, shown, chimes } = arrange();
  await arrive(message('restricted'));
  expect([shown, chimes()]).toEqual([[], 0]);
  await arrive(message('restricted'), message('a'));
  expect(shown.map(({ conversationId }) => conversationId)).toEqual(['a']);
});

test('a blocked contact and a conversation that has gone are not told', async () => {
  const { arrive, shown } = arrange();
  await arrive(message('blocked'), message('gone'), message('a'));
  expect(shown.map(({ conversationId }) => conversationId)).toEqual(['a']);
});

test('the badge counts what is unread by the rules, once for many changes', async () => {
  const { notifications, badges, settings, counts } = arrange();
  for (let change = 0; change < 5; change += 1) notifications.recount();
  await expect.poll(() => badges).toEqual([5]);
  settings.notifications = {
    ...settings.notifications,
    rules: { ...settings.notifications.rules, others: true },
  };
  notifications.recount();
  await expect.poll(() => badges).toEqual([5, 10]);
  counts.mine = 0;
  settings.notifications = {
    ...settings.notifications,
    rules: { mine: true, unassigned: false, others: false, mentions: true },
  };
  notifications.recount();
  await expect.poll(() => badges).toEqual([5, 10, 0]);
  notifications.clear();
  expect(badges).toEqual([5, 10, 0]);
});
