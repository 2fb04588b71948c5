import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useLookup, useSavedViews } from '../../../lib/queries/hooks.ts';
import { keys, viewKey } from '../../../lib/queries/keys.ts';
import type { StorageView } from '../../../lib/queries/retention.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { viewName } from '../../../lib/viewName.ts';
import { Switch } from '../../../ui/Switch.tsx';
import { Group, Row } from '../Row.tsx';

const PLAIN: ReadonlyArray<View> = [
  { kind: 'mine' },
  { kind: 'unassigned' },
  { kind: 'all' },
  { kind: 'mentions' },
];

/** Views whose conversations keep their files on this machine when space is made: the fixed ones, the saved ones, labels. */
export function KeptViews({ view }: { readonly view: StorageView }): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const lookup = useLookup();
  const saved = useSavedViews();
  const { show } = useNotices.getState();
  const kept = new Set(view.views.map(viewKey));
  const offered: ReadonlyArray<View> = [
    ...PLAIN,
    ...saved.map(({ id }): View => ({ kind: 'saved', id })),
    ...[...lookup.labels.values()]
      .filter(({ deleted }) => !deleted)
      .map(({ id }): View => ({ kind: 'label', id })),
  ];
  return (
    <Group title={t('retention.storage.keptViews')}>
      {offered.map((each) => {
        const name = viewName(each, lookup, saved);
        return (
          <Row
            key={viewKey(each)}
            isLabelled={false}
            title={name}
            hint={each.kind === 'mine' ? t('retention.storage.keptViewsHint') : undefined}
          >
            <Switch
              label={t('retention.storage.pinOf', { name })}
              isSelected={kept.has(viewKey(each))}
              onChange={(pinned) => {
                bridge
                  .call('storage.pinView', { view: each, pinned })
                  .catch((error: unknown) => show(callWords(error)))
                  .finally(() => void client.invalidateQueries({ queryKey: keys.storage }));
              }}
            />
          </Row>
        );
      })}
    </Group>
  );
}
