import type { TwoForms } from './catalogue.ts';
import { contacts } from './de/contacts.ts';
import { contactFilter } from './de/contactFilter.ts';
import { contactFields } from './de/contactFields.ts';
import { person } from './de/person.ts';
import { audit } from './de/audit.ts';
import { app } from './de/app.ts';
import { call } from './de/call.ts';
import { inbox } from './de/inbox.ts';
import { message } from './de/message.ts';
import { search } from './de/search.ts';
import { security } from './de/security.ts';
import { settings } from './de/settings.ts';
import { startup } from './de/startup.ts';
import { thread } from './de/thread.ts';
import { triage } from './de/triage.ts';
import { writing } from './de/writing.ts';
import { merging } from './de/merging.ts';
import { consent } from './de/consent.ts';
import { imports } from './de/imports.ts';
import { rights } from './de/rights.ts';
import { retention } from './de/retention.ts';
import { ending } from './de/ending.ts';
import { trust } from './de/trust.ts';
import { hold } from './de/hold.ts';
import { backup } from './de/backup.ts';

/** German, with the formal „Sie“. */
export const de: TwoForms = {
  person,
  contactFields,
  contactFilter,
  contacts,
  triage,
  search,
  app,
  audit,
  call,
  inbox,
  message,
  security,
  settings,
  startup,
  thread,
  writing,
  merging,
  consent,
  imports,
  rights,
  retention,
  ending,
  trust,
  hold,
  backup,
};
