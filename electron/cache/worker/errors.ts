/** Errors across threads: a kind and words without contents on one side, the class again on the other. */
import { CacheFailure, CacheRefusal } from '../api.ts';
import { failureOf } from '../failure.ts';
import type { WireError } from './protocol.ts';

export function toWire(error: unknown, keyIsRight: boolean): WireError {
  if (error instanceof CacheRefusal) return { type: 'refusal', kind: error.kind, message: error.message };
  const failed = failureOf(error, keyIsRight);
  if (failed !== null) return { type: 'failure', kind: failed.kind, message: failed.message };
  if (!(error instanceof Error)) return { type: 'bug', message: 'thrown without an error', stack: '' };
  return { type: 'bug', message: `${error.name}: ${error.message}`, stack: error.stack ?? '' };
}

export function fromWire(wire: WireError): Error {
  if (wire.type === 'failure') return new CacheFailure(wire.kind, wire.message);
  if (wire.type === 'refusal') return new CacheRefusal(wire.kind, wire.message);
  const error = new Error(wire.message);
  error.stack = wire.stack;
  return error;
}
