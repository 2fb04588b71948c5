import { useState } from 'react';
import type { Contact } from '../../../../shared/domain/contact.ts';
import type { MergeChoices } from '../../../../shared/domain/merge.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { unmerge } from './unmerge.ts';

export interface MergeActions {
  readonly busy: boolean;
  readonly merge: (winner: Contact, loser: Contact, choices: MergeChoices) => void;
  readonly keepApart: (first: Contact, second: Contact) => void;
}

/** Merging two records and keeping them apart, each said with its way back. */
export function useMergeActions(onDecided: () => void): MergeActions {
  const bridge = useBridge();
  const [busy, setBusy] = useState(false);
  const { show, tell } = useNotices.getState();
  const fail = (error: unknown): void => {
    setBusy(false);
    show(callWords(error));
  };
  return {
    busy,
    merge: (winner, loser, choices) => {
      if (busy) return;
      setBusy(true);
      bridge
        .call('contact.merge', { winnerId: winner.id, loserId: loser.id, choices })
        .then(({ mergeId }) => {
          setBusy(false);
          tell(t('merging.done', { loser: loser.name, winner: winner.name }), {
            label: t('merging.undo'),
            run: () => unmerge(bridge, mergeId),
          });
          onDecided();
        }, fail);
    },
    keepApart: (first, second) => {
      const pair = { firstId: first.id, secondId: second.id };
      bridge.call('contacts.keepApart', { ...pair, apart: true }).then(() => {
        tell(t('merging.apartDone', { first: first.name, second: second.name }), {
          label: t('merging.undo'),
          run: () => void bridge.call('contacts.keepApart', { ...pair, apart: false }).catch(fail),
        });
        onDecided();
      }, fail);
    },
  };
}
