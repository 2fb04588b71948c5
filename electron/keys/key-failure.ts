export type KeyFailureKind =
  /** Try another one. */
  | 'wrong_passphrase'
  /** Too many wrong ones: not before `retryAfterMs` from now. */
  | 'too_soon'
  /** Choose a longer, less obvious one. */
  | 'weak_passphrase'
  /** Not the recovery key that was printed last, or there is none. */
  | 'wrong_recovery_key'
  /** This store does not work on this machine: choose another mode. */
  | 'unavailable';

export class KeyFailure extends Error {
  readonly kind: KeyFailureKind;
  readonly retryAfterMs: number | null;

  constructor(kind: KeyFailureKind, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'KeyFailure';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
