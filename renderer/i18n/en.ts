import { app } from './en/app.ts';
import { call } from './en/call.ts';
import { inbox } from './en/inbox.ts';
import { message } from './en/message.ts';
import { startup } from './en/startup.ts';

/** The English catalogue, which is also the type of every other one. Plurals: `_one` and `_other`, chosen by `count`. */
export const en = { app, call, inbox, message, startup } as const;
