/**
 * The one way from the page into the application: a known call, an input that fits its schema, a phase that can answer, then the
 * handler. (That the sender is our own page is checked before, where the sender is known: electron/main/ipc.ts and
 * electron/loopback/access.ts.) A refusal is always a typed error.
 */
import type { z } from 'zod';
import { type CallName, calls, isCallName } from '../../shared/contract/calls.ts';
import type { CallError } from '../../shared/contract/errors.ts';
import type { CallResult } from '../../shared/contract/frames.ts';
import type { Context, Handlers } from './context.ts';
import { callErrorOf } from './failures.ts';
import type { Log } from './log.ts';
import { PHASES_OF } from './phases.ts';

export type GateOptions = {
  handlers: Handlers;
  context: Context;
  /** Checks answers too: in development and tests, where a wrong one is to be found. */
  checkOutputs: boolean;
  log: Log;
};

export type Gate = (name: string, input: unknown) => Promise<CallResult>;

export function refusal(error: CallError): CallResult {
  return { ok: false, error };
}

export function createGate(options: GateOptions): Gate {
  const { context, log } = options;
  return async (name, input) => {
    if (!isCallName(name)) return refusal({ kind: 'unknown_call', message: 'no such call' });
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success)
      return refusal({ kind: 'invalid_input', message: `${name}: ${where(parsed.error)}` });
    const { phase } = context.state();
    if (!PHASES_OF[name].includes(phase)) {
      return refusal({ kind: 'not_ready', message: `${name} is not answered while ${phase}` });
    }
    try {
      const value = await handlerOf(options.handlers, name)(parsed.data, context);
      if (options.checkOutputs) {
        const checked = calls[name].output.safeParse(value);
        if (!checked.success) {
          log.error({ call: name, issue: where(checked.error) }, 'an answer does not fit its schema');
          return refusal({ kind: 'internal', message: `${name} answered: ${where(checked.error)}` });
        }
      }
      return { ok: true, value };
    } catch (thrown) {
      const { error, unexpected } = callErrorOf(thrown);
      if (unexpected) log.error({ call: name, error: thrown }, 'a call failed');
      return refusal(error);
    }
  };
}

/** The map's types tie input and handler together; by a name known only now, the compiler cannot follow. */
function handlerOf(
  handlers: Handlers,
  name: CallName,
): (input: unknown, context: Context) => Promise<unknown> {
  return handlers[name] as (input: unknown, context: Context) => Promise<unknown>;
}

/** Path and code of the first issue; never the value. */
function where(error: z.ZodError): string {
  const first = error.issues[0];
  return first === undefined ? 'invalid' : `${first.path.join('.')} ${first.code}`;
}
