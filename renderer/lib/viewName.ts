import type { View } from '../../shared/contract/rows.ts';
import { t } from '../i18n/t.ts';
import type { Lookup, SavedViewItem } from './queries/hooks.ts';

/** What a view is called. */
export function viewName(view: View, lookup: Lookup, saved: ReadonlyArray<SavedViewItem>): string {
  switch (view.kind) {
    case 'mine':
    case 'unassigned':
    case 'all':
    case 'mentions':
    case 'snoozed':
    case 'closed':
    case 'filter':
      return t(`inbox.views.${view.kind}`);
    case 'channel':
      return lookup.channels.get(view.id)?.name ?? t('inbox.views.missing');
    case 'label':
      return lookup.labels.get(view.id)?.name ?? t('inbox.views.missing');
    case 'saved':
      return saved.find(({ id }) => id === view.id)?.content.title ?? t('inbox.views.missing');
  }
}
