/**
 * All that a profile promises, as one list: the settings page shows it, and two versions of a profile are compared by it.
 */
import type { PolicyProfile, Promised, ReadyProfile, Right } from './policy.ts';
import { RIGHTS } from './policy.ts';

export const NUMBER_FIELDS = [
  'messageLogDays',
  'messageContentDays',
  'mediaDays',
  'backupDays',
  'terminationDays',
  'accountDataDays',
  'financeYears',
  'requestDays',
  'mailBusinessDays',
  'breachHours',
  'minimumAge',
  'noticeDays',
] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

const TEXT_FIELDS = [
  'contactsKept',
  'anonymisedKept',
  'tls',
  'cipher',
  'staffTwoFactor',
  'dpaComplaint',
  'customerBackups',
] as const;
type TextField = (typeof TEXT_FIELDS)[number];

/** The name of a promise; `right.erase` and its like for the rights. */
export type PromiseField =
  | NumberField
  | TextField
  | `right.${Right}`
  | 'name'
  | 'storage'
  | 'storageSwitch'
  | 'transport'
  | 'purgeModes'
  | 'notice'
  | 'minimumTls'
  | 'portability'
  | 'consentDemand'
  | 'gatewayContact'
  | 'controllerContact'
  | 'documentUpdatedAt'
  | 'documentUrl';

export type PromiseUnit = 'days' | 'calendar_days' | 'business_days' | 'hours' | 'years' | 'years_of_age';

const UNITS: Record<NumberField, PromiseUnit> = {
  messageLogDays: 'days',
  messageContentDays: 'days',
  mediaDays: 'days',
  backupDays: 'days',
  terminationDays: 'days',
  accountDataDays: 'days',
  financeYears: 'years',
  requestDays: 'calendar_days',
  mailBusinessDays: 'business_days',
  breachHours: 'hours',
  minimumAge: 'years_of_age',
  noticeDays: 'calendar_days',
};

/** `value` null: not stated. Lists are in the profile's order. */
export type PolicyPromise = {
  field: PromiseField;
  unit: PromiseUnit | null;
  value: string | number | boolean | readonly string[] | null;
  source: string;
  configurable: boolean;
};

/** Every promise of a profile with the words that it comes from; what is not stated is in the list too, and says so. */
export function promisesOf(profile: ReadyProfile | PolicyProfile): PolicyPromise[] {
  const fixed = (
    field: PromiseField,
    value: PolicyPromise['value'],
    source = '',
    unit: PromiseUnit | null = null,
  ): PolicyPromise => ({ field, unit, value, source, configurable: false });
  const { storageSwitch, transport, consentDemand } = profile;
  return [
    fixed('name', profile.name),
    fixed('transport', transport.official, transport.source),
    fixed('storage', profile.storage, storageSwitch.source),
    fixed(
      'storageSwitch',
      storageSwitch.offered ? ['offered', ...storageSwitch.exceptions] : false,
      storageSwitch.source,
    ),
    ...NUMBER_FIELDS.map((field) => {
      const { value, source, configurable = false }: Promised = profile[field];
      return { field, unit: UNITS[field], value, source, configurable };
    }),
    fixed('purgeModes', profile.purgeModes.offered, profile.purgeModes.source),
    fixed('notice', profile.notice.rule === 'not_stated' ? null : profile.notice.rule, profile.notice.source),
    ...RIGHTS.map((right) =>
      fixed(`right.${right}`, profile.rights[right], profile.rightSources[right] ?? ''),
    ),
    fixed('portability', profile.portability.formats, profile.portability.source),
    fixed(
      'consentDemand',
      [
        ...(consentDemand.lawfulSource ? ['lawful_source'] : []),
        ...(consentDemand.recordedOptIn ? ['recorded_opt_in'] : []),
      ],
      consentDemand.source,
    ),
    fixed('minimumTls', profile.minimumTls, profile.tls.source),
    ...TEXT_FIELDS.map((field) => fixed(field, profile[field].value, profile[field].source)),
    fixed('gatewayContact', contactLines(profile.gatewayContact)),
    fixed('controllerContact', contactLines(profile.controllerContact)),
    fixed('documentUpdatedAt', profile.documentUpdatedAt),
    fixed('documentUrl', profile.documentUrl),
  ];
}

function contactLines(point: PolicyProfile['gatewayContact']): string[] | null {
  if (point === null) return null;
  return [point.name, point.email, point.postal, point.url].filter((line) => line !== null);
}

/** A number as it may be shown: a figure, or that none is stated. There is no third case, so nothing can be called unlimited. */
export type ShownPromise =
  | { shown: 'figure'; value: number; source: string }
  | { shown: 'not_stated'; source: string };

export function shownPromise({ value, source }: Promised): ShownPromise {
  return value === null ? { shown: 'not_stated', source } : { shown: 'figure', value, source };
}

/** The age below which the gateway's policy wants nobody to be written to; null: no note is shown. */
export function minimumAgeNote(
  profile: Pick<PolicyProfile, 'minimumAge'>,
): { age: number; source: string } | null {
  const { value, source } = profile.minimumAge;
  return value === null ? null : { age: value, source };
}
