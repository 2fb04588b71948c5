/**
 * What was counted when a step was done, as its note: the note goes to the gateway with the request, so the receipt can be written after a
 * restart and on another desktop. Numbers and a digest only, for the reader as for the receipt: `files 3; bytes 1200; sha256 9f…`.
 */
import type { RightsCounts } from '../../../shared/domain/rights-receipt.ts';
import type { RightsRequest, RightsStepId } from '../../../shared/domain/rights.ts';

export function noteOf(counts: Partial<RightsCounts> & { found?: number }, sha256?: string): string {
  const parts = Object.entries(counts)
    .filter(([name, count]) => count !== 0 || name === 'found')
    .map(([name, count]) => `${name} ${count}`);
  return [...parts, ...(sha256 === undefined ? [] : [`sha256 ${sha256}`])].join('; ');
}

/** The numbers of a step's note by name; empty when the step was not done. */
export function numbersOf(
  request: Pick<RightsRequest, 'steps'>,
  id: RightsStepId,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [, name, count] of noteText(request, id).matchAll(/\b([a-z]+) (\d+)(?=;|$)/gu)) {
    if (name !== undefined && name !== 'sha') numbers.set(name, Number(count));
  }
  return numbers;
}

export function digestOf(request: Pick<RightsRequest, 'steps'>, id: RightsStepId): string | null {
  return /\bsha256 ([0-9a-f]{64})$/u.exec(noteText(request, id))?.[1] ?? null;
}

function noteText(request: Pick<RightsRequest, 'steps'>, id: RightsStepId): string {
  const step = request.steps.find((one) => one.id === id);
  return step?.state === 'done' ? (step.note ?? '') : '';
}
