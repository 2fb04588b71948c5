/**
 * The gateway's own key, with which it signs the promises of its workspaces: a desktop remembers the key that it saw first and notices when
 * somebody else speaks. The private key lies beside the database, for its owner alone; losing it makes every desktop warn.
 */
import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PolicyProfile } from '../../shared/domain/policy.ts';

/** Answers the same profile with a signature for this workspace. */
export type PolicySigner = (ws: number, profile: Omit<PolicyProfile, 'signature'>) => PolicyProfile;

const KEY_FILE = 'policy-key.pem';
/** An Ed25519 key as SPKI is twelve bytes that are always the same, then the key (RFC 8410). */
const SPKI_PREFIX = 12;

/** `dataDir` `:memory:`: the key goes with the store. */
export function createPolicySigner(dataDir: string, workspaceId: (ws: number) => string): PolicySigner {
  let key: KeyObject | null = null;
  let publicKey = '';
  return (ws, profile) => {
    if (key === null) {
      key = keyOf(dataDir);
      const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
      publicKey = spki.subarray(SPKI_PREFIX).toString('base64url');
    }
    const payload = JSON.stringify({ workspaceId: workspaceId(ws), profile });
    const value = sign(null, Buffer.from(payload), key).toString('base64url');
    return { ...profile, signature: { publicKey, payload, value } };
  };
}

function keyOf(dataDir: string): KeyObject {
  if (dataDir === ':memory:') return generateKeyPairSync('ed25519').privateKey;
  const file = path.join(dataDir, KEY_FILE);
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  return privateKey;
}
