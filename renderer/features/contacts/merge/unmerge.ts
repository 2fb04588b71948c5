import { t } from '../../../i18n/t.ts';
import type { Bridge } from '../../../lib/bridge/bridge.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';

/** Takes a merge back and says so. */
export function unmerge(bridge: Bridge, mergeId: string): void {
  const { show, tell } = useNotices.getState();
  bridge.call('contact.unmerge', { mergeId }).then(
    () => tell(t('merging.undone'), null),
    (error: unknown) => show(callWords(error)),
  );
}
