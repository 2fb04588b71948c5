/** The start of a profile of one's own: nothing is stated, so nothing is promised, and the customer answers every request. */
import type { ReadyProfile } from '../domain/policy.ts';
import { PolicyProfile } from '../domain/policy.ts';

const nothing = { value: null, source: '' };

export const CUSTOM: ReadyProfile = PolicyProfile.omit({ version: true, rev: true, effectiveAt: true }).parse(
  {
    id: 'custom',
    name: 'Own profile',
    storage: 'on',
    messageLogDays: nothing,
    messageContentDays: nothing,
    backupDays: nothing,
    terminationDays: nothing,
    requestDays: nothing,
    breachHours: nothing,
    minimumAge: nothing,
    noticeDays: nothing,
    purgeModes: { offered: ['delete', 'anonymise'], source: '' },
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
  },
);
