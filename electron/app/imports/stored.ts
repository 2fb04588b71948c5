/** An import as the cache keeps it: what the page sees, and what is needed to go on after a restart. */
import type { ImportJob } from '../../../shared/contract/imports.ts';
import type { CacheReader } from '../../cache/api.ts';
import type { Column } from '../../transfer/columns.ts';

export type StoredImport = ImportJob & {
  source: {
    /** The encrypted file, until its rows are in the cache. */
    mediaId: string | null;
    /** What was asked for instead of what would be found out. */
    encoding: string | null;
    delimiter: string | null;
    columns: Column[];
  };
};

/** Without what only this machine needs. */
export function jobOf({ source: _source, ...job }: StoredImport): ImportJob {
  return job;
}

export async function storedImport(read: CacheReader, importId: string): Promise<StoredImport | null> {
  return (await read.import({ importId })) as StoredImport | null;
}

export async function storedImports(read: CacheReader): Promise<StoredImport[]> {
  return (await read.imports()) as StoredImport[];
}
