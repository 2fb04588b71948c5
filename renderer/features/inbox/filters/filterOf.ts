import type { View } from '../../../../shared/contract/rows.ts';
import type { ConversationFilter } from '../../../../shared/domain/conversation-filter.ts';
import { NO_FILTER } from '../../../../shared/domain/conversation-filter.ts';

/** The filter that shows what a view shows: where narrowing it down begins. Null for a saved view that is not known. */
export function filterOfView(view: View, saved: ConversationFilter | null): ConversationFilter {
  const open: ConversationFilter = { ...NO_FILTER, status: ['open'] };
  switch (view.kind) {
    case 'mine':
      return { ...open, assignee: 'me' };
    case 'unassigned':
      return { ...open, assignee: 'nobody' };
    case 'all':
      return open;
    case 'mentions':
      return { ...NO_FILTER, status: ['open', 'snoozed'], mentioned: true };
    case 'snoozed':
    case 'closed':
      return { ...NO_FILTER, status: [view.kind] };
    case 'channel':
      return { ...open, channelIds: [view.id] };
    case 'label':
      return { ...open, labelIds: [view.id] };
    case 'saved':
      return saved ?? NO_FILTER;
    case 'filter':
      return view.filter;
  }
}
