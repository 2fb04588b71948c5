/** Opens conversations again when their snooze ends. */
import { MINUTE } from '../../shared/domain/time.ts';
import type { ServerContext } from './context.ts';

export function createSnooze(context: ServerContext): { start(): void; close(): void } {
  const { store } = context;
  let timer: NodeJS.Timeout | null = null;
  let plannedFor = Number.POSITIVE_INFINITY;

  function plan(): void {
    const next = store.conversations.nextSnoozeEnd();
    if (next === null || next >= plannedFor) return;
    if (timer !== null) clearTimeout(timer);
    plannedFor = next;
    // Looked at again at least every minute: the clock of the machine may jump.
    timer = setTimeout(run, Math.min(Math.max(next - context.now(), 0), MINUTE));
    timer.unref();
  }

  function run(): void {
    plannedFor = Number.POSITIVE_INFINITY;
    timer = null;
    store.tx(() => store.conversations.wakeSnoozed(context.now()));
    plan();
  }

  const stopListening = store.onCommit(plan);
  return {
    start: plan,
    close() {
      stopListening();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
