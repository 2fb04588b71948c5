import { useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { downloadTicket } from '../../../lib/download.ts';
import { importKeys } from '../../../lib/queries/imports.ts';
import { reread } from '../../../lib/queries/reread.ts';
import { useNotices } from '../../../lib/stores/notices.ts';

export interface ImportActions {
  readonly start: () => void;
  readonly undo: () => void;
  readonly discard: (then: () => void) => void;
  readonly saveReport: (fileName: string) => void;
}

/** What can be asked of one import; a refusal is said. */
export function useImportActions(importId: string): ImportActions {
  const bridge = useBridge();
  const client = useQueryClient();
  const fail = (error: unknown): void => useNotices.getState().show(callWords(error));
  return {
    start: () => void bridge.call('import.start', { importId }).catch(fail),
    undo: () => void bridge.call('import.undo', { importId }).catch(fail),
    discard: (then) => {
      bridge.call('import.discard', { importId }).then(() => {
        then();
        reread(client, { queryKey: importKeys.list });
      }, fail);
    },
    saveReport: (fileName) => {
      bridge
        .call('import.report', { importId })
        .then(
          ({ ticket }) => downloadTicket(ticket, `${fileName.replace(/\.[^.]*$/u, '')}-report.csv`),
          fail,
        );
    },
  };
}
