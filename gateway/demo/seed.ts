/** Fills an empty store with the demo workspace, in one transaction. */
import type { Label } from '../../shared/domain/workspace.ts';
import { newId } from '../../shared/domain/id.ts';
import type { LibraryContent } from '../../shared/domain/library.ts';
import { DAY } from '../../shared/domain/time.ts';
import { randomOf } from '../providers/simulator/random.ts';
import type { Store } from '../store/store.ts';
import { demoCustomers, LONG_MEMBER } from './cast.ts';
import type { Customer } from './cast.ts';
import type { DemoChannelKey } from './channels.ts';
import { DEMO_CHANNELS } from './channels.ts';
import { knownOf, segments, writeConsent, writeFields, writeMoreContacts, writeRequest } from './contacts.ts';
import type { DemoFields } from './contacts.ts';
import type { Topic } from './dialogues/phrasebook.ts';
import { MAYAS_REPLY, teamLibrary } from './library.ts';
import { DEMO_PASSWORD, DEMO_EMAIL, DEMO_USERS, DEMO_WORKSPACE } from './people.ts';
import type { UserKey } from './people.ts';
import { planConversations } from './plan.ts';
import type { ConversationPlan } from './plan.ts';
import { writeScript } from './script.ts';
import { writeSteps } from './steps.ts';
import { DEMO_TEAMS, finish } from './teamwork.ts';
import type { TeamKey } from './teamwork.ts';
import { OTHER_TEMPLATES, SHIPPED } from './templates.ts';

export const DEMO_SEED = 20_260_401;

export type DemoWorkspace = {
  ws: number;
  channelIds: Record<DemoChannelKey, string>;
  email: string;
  password: string;
};

type LabelKey = 'vip' | Topic;
export type Frame = {
  store: Store;
  ws: number;
  now: number;
  userIds: Record<UserKey, string>;
  channelIds: Record<DemoChannelKey, string>;
  labelIds: Record<LabelKey, string>;
  teamIds: Record<TeamKey, string>;
  fields: DemoFields;
};

const LABELS: Record<LabelKey, { name: string; colour: Label['colour'] }> = {
  vip: { name: 'VIP', colour: 'violet' },
  delivery: { name: 'Delivery', colour: 'blue' },
  refund: { name: 'Refund', colour: 'red' },
  warranty: { name: 'Warranty', colour: 'orange' },
  wholesale: { name: 'Wholesale', colour: 'teal' },
  advice: { name: 'Advice', colour: 'green' },
};

/** `passwordHash`: of `DEMO_PASSWORD`, made by the caller, because hashing is asynchronous and a transaction is not. */
export function seedDemo(
  store: Store,
  options: { now: number; passwordHash: string; seed?: number },
): DemoWorkspace {
  const seed = options.seed ?? DEMO_SEED;
  return store.tx(() => {
    const frame = writeFrame(store, options.now, options.passwordHash);
    const customers = demoCustomers(seed);
    // A German has asked what is known about them.
    const requester = customers.find(({ book }) => book.language === 'de')?.index ?? 0;
    // Oldest first, so that ids and numbers of the log follow time.
    const plans = planConversations(seed).toSorted((a, b) => b.age - a.age);
    for (const plan of plans) {
      const customer = customers[plan.index];
      if (customer !== undefined) writeConversation(frame, customer, plan, seed, requester);
    }
    writeMoreContacts(frame, customers, seed);
    return { ws: frame.ws, channelIds: frame.channelIds, email: DEMO_EMAIL, password: DEMO_PASSWORD };
  });
}

function writeFrame(store: Store, now: number, passwordHash: string): Frame {
  const at = now - 400 * DAY;
  const { ws } = store.createWorkspace(DEMO_WORKSPACE);
  const userIds = mapped(DEMO_USERS, (user) => store.people.createUser(ws, { ...user, passwordHash }, at).id);
  const channelIds = mapped(DEMO_CHANNELS, (channel) => store.channels.create(ws, channel, at).id);
  const labelIds = mapped(
    LABELS,
    (label) => store.catalogue.saveLabel(ws, { ...label, deleted: false }, at).id,
  );
  for (const template of [...SHIPPED, ...OTHER_TEMPLATES]) {
    store.catalogue.saveTemplate(ws, { ...template, channelId: channelIds.sales }, at);
  }
  const teamIds = mapped(
    DEMO_TEAMS,
    ({ name, members }) =>
      store.teams.save(ws, { name, memberIds: members.map((key) => userIds[key]) }, at).id,
  );
  const fields = writeFields({ store, ws }, at);
  const frame = { store, ws, now, userIds, channelIds, labelIds, teamIds, fields };
  for (const content of teamLibrary({ labelIds, serviceId: teamIds.service })) {
    keep(frame, 'team', userIds.karim, content, at);
  }
  for (const content of segments(frame)) keep(frame, 'team', userIds.karim, content, at);
  keep(frame, 'personal', userIds.maya, MAYAS_REPLY, at);
  return frame;
}

function keep(
  { store, ws }: Frame,
  scope: 'team' | 'personal',
  ownerId: string,
  content: LibraryContent,
  at: number,
): void {
  store.library.save(ws, { id: newId(at), scope, ownerId, content, deleted: false }, at);
}

function writeConversation(
  frame: Frame,
  customer: Customer,
  plan: ConversationPlan,
  seed: number,
  requester: number,
): void {
  const { store, ws, now } = frame;
  const random = randomOf(seed, `conversation ${customer.index}`);
  const channelId = frame.channelIds[customer.channel];
  const script = writeScript(customer, plan, now, random, (name, language) =>
    customer.channel === 'sales'
      ? (store.catalogue.templateByName(channelId, name, language)?.id ?? null)
      : null,
  );
  const begun = script.steps[0]?.at ?? now - plan.age;
  const vip = customer.index % 9 === 3;
  const known = randomOf(seed, `known of ${customer.index}`);
  const contact = store.contacts.create(
    ws,
    {
      name: customer.name,
      identities: [customer.identity],
      email: customer.email,
      language: customer.book.language,
      ...knownOf(frame, customer, known, begun, random.chance(0.6)),
      labelIds: vip ? [frame.labelIds.vip] : [],
      blocked: customer.index === 181,
      createdAt: begun,
    },
    begun,
  );
  writeConsent(frame, contact.id, customer, random.next(), begun);
  if (customer.index === requester) writeRequest(frame, contact.id);
  const conversation = store.conversations.create(
    ws,
    { channelId, contactId: contact.id, createdAt: begun },
    begun,
  );
  const written = writeSteps(frame, { customer, plan, script, conversation, random });
  if (customer.index === LONG_MEMBER) {
    const pin: LibraryContent = { kind: 'pin', conversationId: written.id };
    keep(frame, 'personal', frame.userIds.maya, pin, now);
  }
  finish(
    frame,
    written,
    plan,
    vip ? [frame.labelIds.vip, frame.labelIds[script.topic]] : [frame.labelIds[script.topic]],
  );
}

function mapped<K extends string, T, R>(record: Record<K, T>, map: (value: T) => R): Record<K, R> {
  return Object.fromEntries(Object.entries<T>(record).map(([key, value]) => [key, map(value)])) as Record<
    K,
    R
  >;
}
