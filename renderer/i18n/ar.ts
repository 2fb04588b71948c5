import type { SixForms } from './catalogue.ts';
import { contacts } from './ar/contacts.ts';
import { contactFilter } from './ar/contactFilter.ts';
import { contactFields } from './ar/contactFields.ts';
import { person } from './ar/person.ts';
import { audit } from './ar/audit.ts';
import { app } from './ar/app.ts';
import { call } from './ar/call.ts';
import { inbox } from './ar/inbox.ts';
import { message } from './ar/message.ts';
import { search } from './ar/search.ts';
import { security } from './ar/security.ts';
import { settings } from './ar/settings.ts';
import { startup } from './ar/startup.ts';
import { thread } from './ar/thread.ts';
import { triage } from './ar/triage.ts';
import { writing } from './ar/writing.ts';
import { merging } from './ar/merging.ts';
import { consent } from './ar/consent.ts';
import { imports } from './ar/imports.ts';
import { rights } from './ar/rights.ts';
import { retention } from './ar/retention.ts';
import { ending } from './ar/ending.ts';
import { trust } from './ar/trust.ts';
import { hold } from './ar/hold.ts';
import { backup } from './ar/backup.ts';

/** The Arabic catalogue. */
export const ar: SixForms = {
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
