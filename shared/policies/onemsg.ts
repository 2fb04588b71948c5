/** 1MSG: the customer is the controller and answers every request; storage can be switched off; backups live for 60 days. */
import type { ReadyProfile } from '../domain/policy.ts';
import { allRights, quoteFrom } from './quote.ts';

const { says, means, silent, number, noNumber, text, noText } = quoteFrom('1MSG privacy policy');
const VIA_CUSTOMER = says('rights of data subjects', 'via customer');

export const ONEMSG: ReadyProfile = {
  id: 'onemsg',
  name: '1MSG',
  announcedAt: null,
  documentUpdatedAt: null,
  documentUrl: null,
  storage: 'on',
  storageSwitch: {
    offered: true,
    exceptions: ['temporary_processing', 'technical_logs', 'backups', 'security', 'law'],
    source: means('storage switch', 'on/off; some things are kept all the same'),
  },
  transport: { official: true, source: says('transport', 'official + Meta') },
  messageLogDays: noNumber('message retention', 'as necessary'),
  messageContentDays: noNumber('message retention', 'as necessary'),
  mediaDays: noNumber('message retention', 'as necessary'),
  backupDays: number(60, 'backups', '≤ 60 d'),
  terminationDays: noNumber('after termination'),
  accountDataDays: noNumber('after termination'),
  financeYears: noNumber('after termination'),
  contactsKept: noText('contacts'),
  anonymisedKept: noText('anonymised data'),
  purgeModes: { offered: ['delete'], source: silent('anonymising') },
  requestDays: noNumber('answer time'),
  mailBusinessDays: noNumber('answer time'),
  breachHours: noNumber('breach', 'may… where required'),
  minimumAge: noNumber('minimum age'),
  noticeDays: noNumber('change notice', 'none (continued use)'),
  notice: { rule: 'continued_use', source: says('change notice', 'none (continued use)') },
  minimumTls: '1.2',
  tls: noText('in transit', 'reasonable'),
  cipher: noText('at rest', 'reasonable'),
  staffTwoFactor: noText('staff sign-in'),
  rights: {
    access: 'controller',
    rectify: 'controller',
    erase: 'controller',
    port: 'controller',
    restrict: 'controller',
    object: 'controller',
    withdraw: 'controller',
  },
  rightSources: allRights(VIA_CUSTOMER),
  portability: { formats: [], source: VIA_CUSTOMER },
  dpaComplaint: noText('complaint to an authority'),
  consentDemand: {
    lawfulSource: true,
    recordedOptIn: true,
    source: means('contacts and consent', 'importing needs a lawful source, writing first needs an opt-in'),
  },
  customerBackups: text(
    'The customer makes the backups.',
    'section 14',
    'Customers are responsible for maintaining backups',
  ),
  gatewayContact: null,
  controllerContact: null,
};
