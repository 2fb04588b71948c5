/** A gateway whose policy gives no name and whose contact section was never filled in; no portability, no withdrawal. */
import type { ReadyProfile } from '../domain/policy.ts';
import { allRights, quoteFrom } from './quote.ts';

const { says, silent, number, noNumber, noText } = quoteFrom('Policy without a name');

export const UNNAMED: ReadyProfile = {
  id: 'unnamed',
  name: 'Gateway without a name',
  announcedAt: null,
  documentUpdatedAt: null,
  documentUrl: null,
  storage: 'on',
  storageSwitch: { offered: false, exceptions: [], source: silent('storage switch') },
  transport: { official: true, source: says('transport', 'WhatsApp Business API') },
  messageLogDays: noNumber('message retention', 'as necessary'),
  messageContentDays: noNumber('message retention', 'as necessary'),
  mediaDays: noNumber('message retention', 'as necessary'),
  backupDays: noNumber('backups'),
  terminationDays: noNumber('after termination'),
  accountDataDays: noNumber('after termination'),
  financeYears: noNumber('after termination'),
  contactsKept: noText('contacts'),
  anonymisedKept: noText('anonymised data'),
  purgeModes: { offered: ['delete'], source: silent('anonymising') },
  requestDays: noNumber('answer time'),
  mailBusinessDays: noNumber('answer time'),
  breachHours: noNumber('breach'),
  minimumAge: number(18, 'minimum age', '18'),
  noticeDays: noNumber('change notice', 'continued use'),
  notice: { rule: 'continued_use', source: says('change notice', 'continued use') },
  minimumTls: '1.2',
  tls: noText('in transit', 'reasonable'),
  cipher: noText('at rest', 'reasonable'),
  staffTwoFactor: noText('staff sign-in'),
  rights: {
    access: 'gateway',
    rectify: 'gateway',
    erase: 'gateway',
    port: 'not_promised',
    restrict: 'gateway',
    object: 'gateway',
    withdraw: 'not_promised',
  },
  rightSources: {
    ...allRights(says('rights of data subjects', '✓')),
    port: says('portability', 'absent'),
    withdraw: says('withdrawal of consent', 'absent'),
  },
  portability: { formats: [], source: says('portability', 'absent') },
  dpaComplaint: noText('complaint to an authority'),
  consentDemand: { lawfulSource: false, recordedOptIn: false, source: silent('contacts and consent') },
  customerBackups: noText('backups'),
  // As published: the blanks of a template. usableContactPoint refuses it.
  gatewayContact: { name: null, email: 'your-email@example.com', postal: 'Your Business Address', url: null },
  controllerContact: null,
};
