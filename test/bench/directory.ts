/** The workspace of the generated data: its people, channels, labels and policy. */
import type { Channel } from '../../shared/domain/channel.ts';
import { PolicyProfile } from '../../shared/domain/policy.ts';
import type { Label, User, Workspace } from '../../shared/domain/workspace.ts';
import { mix, uuid7 } from './random.ts';

/** 2024-10-01: before the first message. */
const FOUNDED = Date.UTC(2024, 9, 1);

function idOf(kind: number, n: number): string {
  return uuid7(FOUNDED + n, mix(kind, n), mix(kind + 1, n));
}

export const workspace: Workspace = { id: idOf(100, 0), name: 'Bench' };

const names = [
  'Ada Berg',
  'Ben Cruz',
  'Cleo Dahl',
  'Dan Eze',
  'Eva Fox',
  'Finn Gray',
  'Gia Holt',
  'Hal Ito',
  'Ida Jung',
];

/** The first is the one who is signed in: a supervisor, who sees everything. */
export const users: User[] = names.map((name, n) => ({
  id: idOf(200, n),
  name,
  email: `${name.slice(0, 3).toLowerCase()}@bench.example`,
  role: n === 0 ? 'supervisor' : 'agent',
  channelIds: null,
  disabled: false,
  rev: 1,
}));

export const me: User = users[0] ?? unreachable();

export const channels: Channel[] = [0, 1, 2].map((n) => ({
  id: idOf(300, n),
  kind: n === 2 ? 'sms' : 'whatsapp',
  name: ['Sales', 'Showroom', 'Alerts'][n] ?? '',
  address: `+4930555000${n}`,
  official: n !== 1,
  capabilities: {
    // No window: the data lies in the past, and what is held before it leaves cannot be measured.
    windowHours: null,
    templates: n === 0,
    qualityRating: n === 0,
    reactions: n !== 2,
    quotes: n !== 2,
    readReceipts: n !== 2,
    textLimit: 4096,
    uploads: n === 2 ? {} : { image: { mimeTypes: ['image/jpeg', 'image/png'], maxBytes: 5_000_000 } },
  },
  health: { state: 'connected', quality: 'unknown', messagingLimit: null, detail: null, source: 'bench' },
  firstReplyMinutes: n === 0 ? 15 : null,
  rev: 1,
}));

const colours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'] as const;

export const labels: Label[] = colours.map((colour, n) => ({
  id: idOf(400, n),
  name: `Label ${n + 1}`,
  colour,
  deleted: false,
  rev: 1,
}));

const unsaid = { value: null, source: 'bench' };

export const policy = PolicyProfile.parse({
  id: 'bench',
  name: 'Bench',
  version: 1,
  effectiveAt: FOUNDED,
  storage: 'on',
  messageLogDays: unsaid,
  messageContentDays: unsaid,
  backupDays: unsaid,
  terminationDays: unsaid,
  requestDays: unsaid,
  breachHours: unsaid,
  minimumAge: unsaid,
  noticeDays: unsaid,
  minimumTls: '1.2',
  rights: {
    access: 'controller',
    rectify: 'controller',
    erase: 'controller',
    port: 'controller',
    restrict: 'controller',
    object: 'controller',
    withdraw: 'controller',
  },
  rev: 1,
});

function unreachable(): never {
  throw new Error('the list of names is empty');
}
