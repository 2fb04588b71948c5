import type { SixForms } from './catalogue.ts';
import { app } from './ar/app.ts';
import { call } from './ar/call.ts';
import { inbox } from './ar/inbox.ts';
import { message } from './ar/message.ts';
import { search } from './ar/search.ts';
import { settings } from './ar/settings.ts';
import { startup } from './ar/startup.ts';
import { thread } from './ar/thread.ts';
import { triage } from './ar/triage.ts';
import { writing } from './ar/writing.ts';

/** The Arabic catalogue. */
export const ar: SixForms = {
  triage,
  search,
  app,
  call,
  inbox,
  message,
  settings,
  startup,
  thread,
  writing,
};
