/** 1chat: deletes or anonymises, gives machine-readable data, promises no restriction, answers in a "reasonable" time. */
import type { ReadyProfile } from '../domain/policy.ts';
import { allRights, quoteFrom } from './quote.ts';

const { says, means, silent, noNumber, text, noText } = quoteFrom('1chat privacy policy');

export const ONECHAT: ReadyProfile = {
  id: 'onechat',
  name: '1chat',
  announcedAt: null,
  documentUpdatedAt: null,
  documentUrl: null,
  storage: 'on',
  storageSwitch: { offered: false, exceptions: [], source: silent('storage switch') },
  transport: { official: true, source: says('transport', 'official') },
  messageLogDays: noNumber('message retention', 'as necessary'),
  messageContentDays: noNumber('message retention', 'as necessary'),
  mediaDays: noNumber('message retention', 'as necessary'),
  backupDays: noNumber('backups'),
  terminationDays: noNumber('after termination'),
  accountDataDays: noNumber('after termination'),
  financeYears: noNumber('after termination'),
  contactsKept: noText('contacts'),
  anonymisedKept: noText('anonymised data'),
  purgeModes: {
    offered: ['delete', 'anonymise'],
    source: says('message retention', 'as necessary; delete or anonymise'),
  },
  requestDays: noNumber('answer time', 'reasonable'),
  mailBusinessDays: noNumber('answer time', 'reasonable'),
  breachHours: noNumber('breach', 'user must report at once'),
  minimumAge: noNumber('minimum age'),
  noticeDays: noNumber('change notice', 'site, continued use'),
  notice: { rule: 'continued_use', source: says('change notice', 'site, continued use') },
  minimumTls: '1.2',
  tls: text('TLS', 'in transit', 'TLS + at rest'),
  cipher: text('Encrypted at rest; no cipher is named.', 'at rest', 'TLS + at rest'),
  staffTwoFactor: noText('staff sign-in'),
  rights: {
    access: 'gateway',
    rectify: 'gateway',
    erase: 'gateway',
    port: 'gateway',
    restrict: 'not_promised',
    object: 'gateway',
    withdraw: 'gateway',
  },
  rightSources: {
    ...allRights(says('rights of data subjects', '✓')),
    erase: says('erasure', '✓ (erase subject to law)'),
    port: says('portability', '✓ machine-readable'),
    restrict: says('restriction', 'absent'),
  },
  portability: { formats: ['json', 'csv'], source: says('portability', '✓ machine-readable') },
  dpaComplaint: noText('complaint to an authority'),
  consentDemand: {
    lawfulSource: true,
    recordedOptIn: true,
    source: means('contacts and consent', 'importing needs a lawful source, writing first needs an opt-in'),
  },
  customerBackups: noText('backups'),
  gatewayContact: null,
  controllerContact: null,
};
