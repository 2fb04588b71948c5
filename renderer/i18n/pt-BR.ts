import type { TwoForms } from './catalogue.ts';
import { contacts } from './pt-BR/contacts.ts';
import { contactFilter } from './pt-BR/contactFilter.ts';
import { contactFields } from './pt-BR/contactFields.ts';
import { person } from './pt-BR/person.ts';
import { audit } from './pt-BR/audit.ts';
import { app } from './pt-BR/app.ts';
import { call } from './pt-BR/call.ts';
import { inbox } from './pt-BR/inbox.ts';
import { message } from './pt-BR/message.ts';
import { search } from './pt-BR/search.ts';
import { security } from './pt-BR/security.ts';
import { settings } from './pt-BR/settings.ts';
import { startup } from './pt-BR/startup.ts';
import { thread } from './pt-BR/thread.ts';
import { triage } from './pt-BR/triage.ts';
import { writing } from './pt-BR/writing.ts';
import { merging } from './pt-BR/merging.ts';
import { consent } from './pt-BR/consent.ts';
import { imports } from './pt-BR/imports.ts';
import { rights } from './pt-BR/rights.ts';
import { retention } from './pt-BR/retention.ts';
import { ending } from './pt-BR/ending.ts';
import { trust } from './pt-BR/trust.ts';
import { hold } from './pt-BR/hold.ts';
import { backup } from './pt-BR/backup.ts';

/** The Brazilian Portuguese catalogue. */
export const ptBR: TwoForms = {
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
