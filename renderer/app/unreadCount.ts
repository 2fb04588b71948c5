import type { ViewCount } from '../../shared/contract/rows.ts';
import type { NotificationSettings } from '../../shared/contract/settings.ts';

/** Conversations with something unread, of the kinds that the rules name: the same number as on the icon. */
export function unreadCount(views: ReadonlyArray<ViewCount>, rules: NotificationSettings['rules']): number {
  const of = (kind: string): number => views.find(({ view }) => view.kind === kind)?.unread ?? 0;
  const others = Math.max(0, of('all') - of('mine') - of('unassigned'));
  return (
    (rules.mine ? of('mine') : 0) + (rules.unassigned ? of('unassigned') : 0) + (rules.others ? others : 0)
  );
}
