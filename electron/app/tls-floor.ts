/**
 * The lowest version of TLS that this process speaks: what the profile of the gateway asks for. Set for the whole process, because
 * both the socket and HTTP take it from there and nothing else is connected to. A handshake below it fails like a network that is away;
 * `connection.refusal` and the self-check say why.
 */
import tls from 'node:tls';
import type { PolicyProfile } from '../../shared/domain/policy.ts';

export const LOWEST: tls.SecureVersion = 'TLSv1.2';

/** Answers whether it was raised: whoever is connected has to connect anew. */
export function setFloor(minimumTls: PolicyProfile['minimumTls']): boolean {
  const wanted: tls.SecureVersion = minimumTls === '1.3' ? 'TLSv1.3' : LOWEST;
  const before = tls.DEFAULT_MIN_VERSION;
  tls.DEFAULT_MIN_VERSION = wanted;
  return wanted === 'TLSv1.3' && before !== 'TLSv1.3';
}
