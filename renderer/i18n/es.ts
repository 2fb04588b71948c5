import type { TwoForms } from './catalogue.ts';
import { contacts } from './es/contacts.ts';
import { contactFilter } from './es/contactFilter.ts';
import { contactFields } from './es/contactFields.ts';
import { person } from './es/person.ts';
import { audit } from './es/audit.ts';
import { app } from './es/app.ts';
import { call } from './es/call.ts';
import { inbox } from './es/inbox.ts';
import { message } from './es/message.ts';
import { search } from './es/search.ts';
import { security } from './es/security.ts';
import { settings } from './es/settings.ts';
import { startup } from './es/startup.ts';
import { thread } from './es/thread.ts';
import { triage } from './es/triage.ts';
import { writing } from './es/writing.ts';
import { merging } from './es/merging.ts';
import { consent } from './es/consent.ts';
import { imports } from './es/imports.ts';
import { rights } from './es/rights.ts';
import { retention } from './es/retention.ts';
import { ending } from './es/ending.ts';
import { trust } from './es/trust.ts';
import { hold } from './es/hold.ts';
import { backup } from './es/backup.ts';

/** Spanish, neutral between the countries, with “tú”. */
export const es: TwoForms = {
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
