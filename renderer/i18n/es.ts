import type { TwoForms } from './catalogue.ts';
import { app } from './es/app.ts';
import { call } from './es/call.ts';
import { inbox } from './es/inbox.ts';
import { message } from './es/message.ts';
import { search } from './es/search.ts';
import { settings } from './es/settings.ts';
import { startup } from './es/startup.ts';
import { thread } from './es/thread.ts';
import { triage } from './es/triage.ts';
import { writing } from './es/writing.ts';

/** Spanish, neutral between the countries, with “tú”. */
export const es: TwoForms = { triage, search, app, call, inbox, message, settings, startup, thread, writing };
