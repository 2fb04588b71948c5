import type { TwoForms } from './catalogue.ts';
import { app } from './de/app.ts';
import { call } from './de/call.ts';
import { inbox } from './de/inbox.ts';
import { message } from './de/message.ts';
import { search } from './de/search.ts';
import { settings } from './de/settings.ts';
import { startup } from './de/startup.ts';
import { thread } from './de/thread.ts';
import { triage } from './de/triage.ts';
import { writing } from './de/writing.ts';

/** German, with the formal „Sie“. */
export const de: TwoForms = { triage, search, app, call, inbox, message, settings, startup, thread, writing };
