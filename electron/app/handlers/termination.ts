import { calendarDaysBetween } from '../../../shared/domain/calendar.ts';
import { mayEditRetention } from '../../../shared/domain/retention-change.ts';
import { wipeTime } from '../../../shared/domain/termination.ts';
import type { Context, Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { enqueue } from './command.ts';

/** The gateway would refuse it as well: here the page is told at once. */
function ownersOnly({ ready }: Context): void {
  if (!mayEditRetention(ready().session.me.role)) throw failure('forbidden', 'the end is for owners');
}

export const terminationHandlers = {
  'termination.get': async (_input, { ready, termination, promises }) => {
    const { cache, session } = ready();
    const rules = await cache.read.rules();
    const { now } = termination.view();
    const timeZone = rules.workspace?.timeZone ?? 'UTC';
    const policy = promises.judge(rules, now).policy;
    // Not what the countdown goes by: it reads the same rules, and may be a moment behind what the page was told of.
    const wipeAt = wipeTime(rules.termination, policy, timeZone);
    return {
      termination: rules.termination,
      wipeAt,
      daysLeft: wipeAt === null ? null : Math.max(0, calendarDaysBetween(now, wipeAt, timeZone)),
      promised: policy?.terminationDays ?? { value: null, source: '' },
      now,
      mayEdit: mayEditRetention(session.me.role),
    };
  },
  'termination.begin': async (input, context) => {
    ownersOnly(context);
    await enqueue(context, 'termination.begin', input);
    return {};
  },
  'termination.cancel': async (_input, context) => {
    ownersOnly(context);
    await enqueue(context, 'termination.cancel', {});
    return {};
  },
} satisfies Partial<Handlers>;
