/** OneMessage: an unofficial connection of personal numbers; every right promised, no clock stated. */
import type { ReadyProfile } from '../domain/policy.ts';
import { allRights, quoteFrom } from './quote.ts';

const { says, silent, number, noNumber, noText } = quoteFrom('OneMessage privacy policy');
const PROMISED = says('rights of data subjects', '✓');

export const ONEMESSAGE: ReadyProfile = {
  id: 'onemessage',
  name: 'OneMessage',
  announcedAt: null,
  documentUpdatedAt: null,
  documentUrl: null,
  storage: 'on',
  storageSwitch: { offered: false, exceptions: [], source: silent('storage switch') },
  transport: { official: false, source: says('transport', 'custom, unofficial') },
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
  noticeDays: noNumber('change notice', 'e-mail/notice before effect'),
  notice: { rule: 'before_effect', source: says('change notice', 'e-mail/notice before effect') },
  minimumTls: '1.2',
  tls: noText('in transit', 'commercially acceptable'),
  cipher: noText('at rest', 'commercially acceptable'),
  staffTwoFactor: noText('staff sign-in'),
  rights: {
    access: 'gateway',
    rectify: 'gateway',
    erase: 'gateway',
    port: 'gateway',
    restrict: 'gateway',
    object: 'gateway',
    withdraw: 'gateway',
  },
  rightSources: allRights(PROMISED),
  portability: { formats: [], source: says('portability', '✓') },
  dpaComplaint: noText('complaint to an authority'),
  consentDemand: { lawfulSource: false, recordedOptIn: false, source: silent('contacts and consent') },
  customerBackups: noText('backups'),
  gatewayContact: null,
  controllerContact: null,
};
