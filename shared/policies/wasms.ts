/** WaSMS: the profile with the most clocks: 90 days of logs, 30 days to answer, 72 hours for a breach, 14 days of notice. */
import type { ReadyProfile } from '../domain/policy.ts';
import { allRights, quoteFrom } from './quote.ts';

const { says, silent, number, noNumber, text, noText } = quoteFrom('WaSMS privacy policy');
const TERMINATION = 'account data +30 d; personal data gone ≤ 30 d; finance 7 y; anonymised analytics ∞';
const CONTENT = 'content only as long as needed to deliver/report';

export const WASMS: ReadyProfile = {
  id: 'wasms',
  name: 'WaSMS',
  announcedAt: null,
  documentUpdatedAt: null,
  documentUrl: null,
  storage: 'on',
  storageSwitch: { offered: false, exceptions: [], source: silent('storage switch') },
  transport: { official: null, source: silent('transport') },
  messageLogDays: {
    ...number(90, 'message retention', 'logs 90 d default, configurable'),
    configurable: true,
  },
  messageContentDays: noNumber('message retention', CONTENT),
  mediaDays: noNumber('message retention', CONTENT),
  backupDays: noNumber('backups'),
  terminationDays: number(30, 'after termination', TERMINATION),
  accountDataDays: number(30, 'after termination', TERMINATION),
  financeYears: number(7, 'after termination', TERMINATION),
  contactsKept: text(
    'Until they are deleted or the account ends.',
    'contacts',
    'until deleted or account ended',
  ),
  anonymisedKept: text('Anonymised analytics are kept without end.', 'after termination', TERMINATION),
  purgeModes: { offered: ['delete'], source: silent('anonymising of messages') },
  requestDays: number(30, 'answer time', '30 d'),
  mailBusinessDays: number(5, 'answer time', 'mail 5 business days'),
  breachHours: number(72, 'breach', '72 h'),
  minimumAge: number(16, 'minimum age', '16'),
  noticeDays: number(14, 'change notice', '≥14 d, e-mail/notice'),
  notice: { rule: 'before_effect', source: says('change notice', '≥14 d, e-mail/notice') },
  minimumTls: '1.3',
  tls: text('TLS 1.3', 'in transit', 'AES-256 / TLS 1.3, 2FA for staff'),
  cipher: text('AES-256', 'at rest', 'AES-256 / TLS 1.3, 2FA for staff'),
  staffTwoFactor: text('2FA for staff', 'staff sign-in', 'AES-256 / TLS 1.3, 2FA for staff'),
  rights: {
    access: 'gateway',
    rectify: 'gateway',
    erase: 'gateway',
    port: 'gateway',
    restrict: 'gateway',
    object: 'gateway',
    withdraw: 'not_promised',
  },
  rightSources: {
    ...allRights(says('rights of data subjects', '✓')),
    erase: says('erasure', '✓ (erase subject to law)'),
    port: says('portability', '✓ machine-readable'),
    withdraw: says('withdrawal of consent', 'absent (marketing opt-out)'),
  },
  portability: { formats: ['json', 'csv'], source: says('portability', '✓ machine-readable') },
  dpaComplaint: text(
    'People in the EU may complain to their data protection authority.',
    'answer time',
    'DPA complaint (EU)',
  ),
  consentDemand: { lawfulSource: false, recordedOptIn: false, source: silent('contacts and consent') },
  customerBackups: noText('backups'),
  gatewayContact: null,
  controllerContact: null,
};
