/** Loopback's composition root: the instances that electron/app gets as ports. The same as in electron/main. */
import { assemble } from '../app/assemble.ts';
import { copyCache, openCopy } from '../cache/copies.ts';
import { openCache } from '../cache/open.ts';
import { opensFile } from '../cache/page-proof.ts';
import { recoverCache } from '../cache/recover.ts';
import { standBy } from '../cache/stand-by.ts';
import { writeAtomically } from '../keys/atomic-file.ts';
import { createKeyRing } from '../keys/key-ring.ts';
import { isStrongEnough, openByPassphrase, sealByPassphrase } from '../keys/passphrase.ts';
import { createGatewayHttp } from '../sync/gateway-http.ts';
import { systemClock } from '../sync/ports.ts';
import { createSyncSession } from '../sync/session.ts';
import { connectSocketIo } from '../sync/socket-io.ts';

export const parts = assemble({
  openCache,
  standBy,
  opensFile,
  recoverCache,
  backup: { copyCache, openCopy, isStrongEnough, openByPassphrase, sealByPassphrase },
  writeAtomically,
  createKeyRing,
  createSyncSession,
  createGatewayHttp,
  clock: systemClock,
  socketFactory: connectSocketIo,
});
