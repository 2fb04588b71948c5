/** The customers of the demo: 200 people, their language, their channel, and how they are. The same seed makes the same people. */
import { faker as fakerAR } from '@faker-js/faker/locale/ar';
import { faker as fakerDE } from '@faker-js/faker/locale/de';
import { faker as fakerEN } from '@faker-js/faker/locale/en_GB';
import { faker as fakerES } from '@faker-js/faker/locale/es';
import { faker as fakerHE } from '@faker-js/faker/locale/he';
import { faker as fakerJA } from '@faker-js/faker/locale/ja';
import { faker as fakerPT } from '@faker-js/faker/locale/pt_BR';
import type { Identity } from '../../shared/domain/contact.ts';
import type { CastMember } from '../providers/simulator/cast.ts';
import { randomOf } from '../providers/simulator/random.ts';
import type { Random } from '../providers/simulator/random.ts';
import type { Store } from '../store/store.ts';
import { DEMO_CHANNELS } from './channels.ts';
import type { DemoChannelKey } from './channels.ts';
import { ar } from './dialogues/ar.ts';
import { de } from './dialogues/de.ts';
import { en } from './dialogues/en.ts';
import { es } from './dialogues/es.ts';
import { he } from './dialogues/he.ts';
import { ja } from './dialogues/ja.ts';
import type { Phrasebook } from './dialogues/phrasebook.ts';
import { pt } from './dialogues/pt.ts';
import { fill, variablesOf } from './fill.ts';
import type { Variables } from './fill.ts';

export const CAST_SIZE = 200;
/** The designer with the very long conversation. */
export const LONG_MEMBER = 3;

export type Customer = {
  index: number;
  channel: DemoChannelKey;
  book: Phrasebook;
  name: string;
  firstName: string;
  email: string | null;
  identity: Identity;
  variables: Variables;
};

type Tongue = { book: Phrasebook; faker: typeof fakerEN; share: number };

const TONGUES: readonly Tongue[] = [
  { book: en, faker: fakerEN, share: 78 },
  { book: de, faker: fakerDE, share: 42 },
  { book: es, faker: fakerES, share: 30 },
  { book: pt, faker: fakerPT, share: 22 },
  { book: ar, faker: fakerAR, share: 16 },
  { book: he, faker: fakerHE, share: 6 },
  { book: ja, faker: fakerJA, share: 6 },
];

/** The demo's channels in a store; null when it has no demo. */
export function demoChannelIds(store: Pick<Store, 'channels'>): Record<DemoChannelKey, string> | null {
  const idOf = (key: DemoChannelKey): string | undefined => {
    const { provider, externalId } = DEMO_CHANNELS[key];
    return store.channels.find(provider, externalId)?.channel.id;
  };
  const [sales, showroom, sms] = [idOf('sales'), idOf('showroom'), idOf('sms')];
  return sales === undefined || showroom === undefined || sms === undefined ? null : { sales, showroom, sms };
}

export function demoCustomers(seed: number): Customer[] {
  const random = randomOf(seed, 'cast');
  const tongues = shuffled(
    TONGUES.flatMap((tongue) => Array.from({ length: tongue.share }, () => tongue)),
    random,
  );
  tongues.unshift(
    ...tongues.splice(
      tongues.findIndex(({ book }) => book === en),
      1,
    ),
  );
  TONGUES.forEach(({ faker }, index) => faker.seed(seed + index));
  return Array.from({ length: CAST_SIZE }, (_, index) => {
    const tongue = index === LONG_MEMBER ? (TONGUES[0] as Tongue) : (tongues[index] as Tongue);
    return customerOf(index, tongue, random);
  });
}

/** The same people as the simulator wants them, on the channels of a workspace. */
export function demoCast(seed: number, channelIds: Record<DemoChannelKey, string>): CastMember[] {
  const random = randomOf(seed, 'temper');
  return demoCustomers(seed).map((customer) => {
    const filled = (lines: readonly string[]): string[] =>
      lines.map((line) => fill(line, customer.variables));
    return {
      channelId: channelIds[customer.channel],
      party: { identity: customer.identity, name: customer.name },
      textOnly: customer.channel === 'sms',
      temper: random.chance(0.12) ? 'silent' : random.chance(0.25) ? 'slow' : 'quick',
      openers: filled(customer.book.openers),
      replies: filled(customer.book.replies),
      thanks: filled(customer.book.thanks),
    };
  });
}

function customerOf(index: number, { book, faker }: Tongue, random: Random): Customer {
  const firstName = faker.person.firstName();
  const lastName = faker.person.lastName();
  const japanese = book.language === 'ja';
  const name = japanese ? `${lastName} ${firstName}` : `${firstName} ${lastName}`;
  const channel: DemoChannelKey = index === LONG_MEMBER ? 'sales' : channelOf(index);
  const digits = Array.from({ length: book.calling.digits }, () => random.int(0, 9)).join('');
  const number = book.calling.code + random.pick(book.calling.prefixes) + digits;
  // People who hide their number behind a user name: only WhatsApp has them.
  const hidden = channel === 'sales' && index % 37 === 5;
  const userId = `${countryOf(book)}.${random.int(1e8, 9e8)}${random.int(1e8, 9e8)}`;
  const username = hidden || random.chance(0.06) ? handleOf(fakerEN.internet.username()) : null;
  const identity: Identity = {
    channelKind: channel === 'sms' ? 'sms' : 'whatsapp',
    externalId: hidden ? userId : number,
    parentExternalId: null,
    phone: hidden ? null : `+${number}`,
    username,
  };
  const called = japanese ? lastName : book.language === 'de' ? name : firstName;
  return {
    index,
    channel,
    book,
    name,
    firstName,
    email: random.chance(0.55) ? fakerEN.internet.email({ provider: 'mail.example' }).toLowerCase() : null,
    identity,
    variables: variablesOf(book, called, random),
  };
}

/** Of twenty, thirteen write to Sales, four to the showroom and three by SMS. */
function channelOf(index: number): DemoChannelKey {
  const slot = (index * 7 + Math.floor(index / 20) * 3) % 20;
  return slot < 13 ? 'sales' : slot < 17 ? 'showroom' : 'sms';
}

function countryOf(book: Phrasebook): string {
  return (
    { '44': 'GB', '49': 'DE', '34': 'ES', '55': 'BR', '971': 'AE', '972': 'IL', '81': 'JP' }[
      book.calling.code
    ] ?? 'US'
  );
}

function handleOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._]/gu, '')
    .slice(0, 24);
}

function shuffled<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = random.int(0, i);
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
  return items;
}
