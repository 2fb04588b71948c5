import { t } from '../../i18n/t.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { useNotices } from '../stores/notices.ts';

/** Says when the gateway would not take something back, and why. Returns a function that stops it. */
export function followRefusedUndo(bridge: Bridge): () => void {
  return bridge.on('undo.refused', ({ since }) => {
    const { show } = useNotices.getState();
    if (since === null) show(t('triage.done.tooLate'));
    else show(t(`triage.acted.${since.what}`, { name: since.by ?? t('triage.acted.somebody') }));
  });
}
