/** The policy of a workspace that has set none: the demo profile of the reference gateway. Every figure names its section. */
import { DAY } from '../../shared/domain/time.ts';
import { PolicyProfile } from '../../shared/domain/policy.ts';

const of = (section: string) => `Parley reference gateway, demo policy, section ${section}`;

export const DEFAULT_POLICY = PolicyProfile.omit({ version: true, rev: true }).parse({
  id: 'parley-demo',
  name: 'Parley demo policy',
  // 1 January 2026, 00:00 UTC.
  effectiveAt: 20_454 * DAY,
  storage: 'on',
  messageLogDays: { value: 365, source: of('2.1 (message logs)') },
  messageContentDays: { value: 365, source: of('2.2 (message content)') },
  backupDays: { value: 30, source: of('2.3 (backups)') },
  terminationDays: { value: 30, source: of('2.4 (end of contract)') },
  requestDays: { value: 30, source: of('3.1 (requests of data subjects)') },
  breachHours: { value: 72, source: of('4.1 (breach notice)') },
  minimumAge: { value: 18, source: of('1.2 (who may use it)') },
  noticeDays: { value: null, source: of('5 (changes): no period is named') },
  minimumTls: '1.2',
  rights: {
    access: 'controller',
    rectify: 'controller',
    erase: 'controller',
    port: 'controller',
    restrict: 'controller',
    object: 'controller',
    withdraw: 'gateway',
  },
});
