import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BackupState } from '../../../shared/contract/backup.ts';
import { useBridge } from '../bridge/context.ts';
import { told } from './reread.ts';

const KEY = ['backup'];

/** Backups of this machine; what a job does is told while it is looked at. */
export function useBackup(): { data: BackupState | undefined; error: Error | null; again: () => void } {
  const bridge = useBridge();
  const client = useQueryClient();
  useEffect(() => bridge.on('backup', (state) => told(client, KEY, state)), [bridge, client]);
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => bridge.call('backup.get', {}),
    refetchOnMount: 'always',
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}
