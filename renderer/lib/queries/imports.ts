import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { ImportJob, ImportLine } from '../../../shared/contract/imports.ts';
import { useBridge } from '../bridge/context.ts';
import { told } from './reread.ts';

/** Query keys of imports. Jobs are told whole while they go on. */
export const importKeys = {
  all: ['imports'],
  list: ['imports', 'list'],
  job: (importId: string) => ['imports', 'job', importId] as const,
  lines: (importId: string, stamp: string, verdict: string, offset: number) =>
    ['imports', 'lines', importId, stamp, verdict, offset] as const,
} as const;

interface Loaded<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

/** Newest first. */
export function useImports(): Loaded<ReadonlyArray<ImportJob>> {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: importKeys.list,
    queryFn: () => bridge.call('imports.list', {}),
    // What was forgotten is not told.
    refetchOnMount: 'always',
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

export function useImport(importId: string): Loaded<ImportJob> {
  const bridge = useBridge();
  const query = useQuery({
    queryKey: importKeys.job(importId),
    queryFn: () => bridge.call('import.get', { importId }),
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

/** Lines of a page of the report. */
export const LINES = 100;

/** A page of the report; the last one while the next is read. */
export function useImportLines(
  job: ImportJob,
  verdict: ImportLine['verdict'] | null,
  offset: number,
): Loaded<CallOutput<'import.lines'>> {
  const bridge = useBridge();
  const query = useQuery({
    // Another dry run gives another report.
    queryKey: importKeys.lines(job.id, JSON.stringify(job.options), verdict ?? '', offset),
    queryFn: () => bridge.call('import.lines', { importId: job.id, verdict, offset, limit: LINES }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return { data: query.data, error: query.error, again: () => void query.refetch() };
}

/** What the application tells of an import, into what is shown of it. */
export function importTold(client: QueryClient, job: ImportJob): void {
  told(client, importKeys.job(job.id), job);
  told(client, importKeys.list, (jobs: ReadonlyArray<ImportJob> | undefined) => {
    if (jobs === undefined) return undefined;
    return jobs.some(({ id }) => id === job.id)
      ? jobs.map((each) => (each.id === job.id ? job : each))
      : [job, ...jobs];
  });
}
