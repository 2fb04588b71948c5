/** Whether a profile comes from who holds the key that it names, and says what was signed. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { PolicyProfile } from '../../../shared/domain/policy.ts';
import type { SignatureState } from '../../../shared/domain/policy-trust.ts';

const Payload = z.object({ workspaceId: z.string(), profile: PolicyProfile });
/** What stands before an Ed25519 key to make it SPKI (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** `known`: the key that this device remembers for the workspace; null: none yet, so that any good signature is one. */
export function signatureState(
  profile: PolicyProfile,
  workspaceId: string,
  known: string | null,
): SignatureState {
  const { signature } = profile;
  if (signature === undefined) return 'unsigned';
  if (!isGood(profile, signature, workspaceId)) return 'invalid';
  return known === null || signature.publicKey === known ? 'signed' : 'other_key';
}

function isGood(
  profile: PolicyProfile,
  { publicKey, payload, value }: NonNullable<PolicyProfile['signature']>,
  workspaceId: string,
): boolean {
  try {
    const spki = Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'base64url')]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    if (!verify(null, Buffer.from(payload), key, Buffer.from(value, 'base64url'))) return false;
    const said = Payload.parse(JSON.parse(payload));
    // Both as the schema puts them, so that fields that only a newer version knows make no difference.
    return said.workspaceId === workspaceId && JSON.stringify(said.profile) === JSON.stringify(bare(profile));
  } catch {
    return false; // No key, no JSON or no profile: it proves nothing.
  }
}

function bare(profile: PolicyProfile): Omit<PolicyProfile, 'signature'> {
  const { signature: _, ...rest } = PolicyProfile.parse(profile);
  return rest;
}

/** A key as people compare it: the first 20 bytes of its SHA-256, in groups of four. */
export function fingerprint(publicKey: string): string {
  const hash = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 40);
  return hash.toUpperCase().replace(/(.{4})(?=.)/gu, '$1 ');
}
