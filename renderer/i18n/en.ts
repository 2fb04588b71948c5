import { contacts } from './en/contacts.ts';
import { contactFilter } from './en/contactFilter.ts';
import { contactFields } from './en/contactFields.ts';
import { person } from './en/person.ts';
import { audit } from './en/audit.ts';
import { app } from './en/app.ts';
import { call } from './en/call.ts';
import { inbox } from './en/inbox.ts';
import { message } from './en/message.ts';
import { search } from './en/search.ts';
import { triage } from './en/triage.ts';
import { thread } from './en/thread.ts';
import { security } from './en/security.ts';
import { settings } from './en/settings.ts';
import { startup } from './en/startup.ts';
import { writing } from './en/writing.ts';
import { merging } from './en/merging.ts';
import { consent } from './en/consent.ts';
import { imports } from './en/imports.ts';
import { rights } from './en/rights.ts';
import { retention } from './en/retention.ts';
import { ending } from './en/ending.ts';
import { trust } from './en/trust.ts';
import { hold } from './en/hold.ts';
import { backup } from './en/backup.ts';

/** The English catalogue, which is also the type of every other one. Plurals: `_one` and `_other`, chosen by `count`. */
export const en = {
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
} as const;
