/**
 * The one place that loads the SQLite addon. It is built for Node-API 10: on an older Node the process dies with a segmentation
 * fault when a database is opened, which nothing can catch, so the version is checked before the addon is even loaded.
 */
import { createRequire } from 'node:module';
import type Sqlite from 'better-sqlite3';

const NEEDED_NODE_API = 10;

/** Returns the driver, or throws with the version that is needed. */
export function loadDriver(nodeApi: string | undefined = process.versions['napi']): typeof Sqlite {
  if (Number(nodeApi ?? 0) < NEEDED_NODE_API) {
    throw new Error(
      `The encrypted cache needs Node-API ${NEEDED_NODE_API} (Node 22.14 or newer); this is Node ${process.versions.node} with Node-API ${nodeApi ?? 'none'}`,
    );
  }
  return createRequire(import.meta.url)('better-sqlite3') as typeof Sqlite;
}
