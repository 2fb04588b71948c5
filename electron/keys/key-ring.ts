/** The cache key of this machine: makes it, keeps it, opens it. All decisions are transitions of state.ts. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyMode } from '../../shared/contract/state.ts';
import type { Shell } from '../app/shell.ts';
import { type KeyFiles, keyFiles } from './key-files.ts';
import { isStrongEnough, openByPassphrase, sealByPassphrase } from './passphrase.ts';
import { KEY_BYTES, type KeyRecord, fingerprintOf, fits } from './record.ts';
import { type KeyEvent, type KeyState, next } from './state.ts';

export type KeyFailureKind =
  /** Try another one. */
  | 'wrong_passphrase'
  /** Choose a longer, less obvious one. */
  | 'weak_passphrase'
  /** This store does not work on this machine: choose another mode. */
  | 'unavailable';

export class KeyFailure extends Error {
  readonly kind: KeyFailureKind;

  constructor(kind: KeyFailureKind, message: string) {
    super(message);
    this.name = 'KeyFailure';
    this.kind = kind;
  }
}

/** A way to keep the key that this machine offers. `weak`: it protects from nobody who can read the disk. */
export type KeyOption = { mode: KeyMode; backend: string | null; weak: boolean };

export type KeyRing = {
  state(): KeyState;
  /** Looks what there is and opens what needs no answer from the user. Requests at the same time share one attempt. */
  open(): Promise<KeyState>;
  /** Best first. */
  options(): Promise<KeyOption[]>;
  /** Makes the first key. A weak keychain leads to the problem `weak_backend` until it is accepted. */
  create(mode: KeyMode, passphrase: string | null): Promise<KeyState>;
  /** Throws KeyFailure `wrong_passphrase`. */
  unlock(passphrase: string): Promise<KeyState>;
  /** The user knows that the keychain protects nothing, and goes on. */
  acceptWeak(): Promise<KeyState>;
  /** Moves the key's files aside; the next state is `none`. */
  startOver(): Promise<KeyState>;
  /** How the key is kept when that is not safe: shown as a banner as long as it is so. */
  warning(): 'plain_key_file' | 'weak_backend' | null;
  /** Overwrites the key in memory. */
  close(): void;
};

export type KeyRingOptions = {
  folder: string;
  keychain: Shell['keychain'];
  /** Whether a cache lies there that a new key could not open. */
  hasCache(): Promise<boolean>;
  now(): number;
};

export function createKeyRing(options: KeyRingOptions): KeyRing {
  const { keychain } = options;
  const files: KeyFiles = keyFiles(options.folder);
  let state: KeyState = { at: 'none' };
  let underWay: Promise<KeyState> | null = null;

  function go(event: KeyEvent): KeyState {
    state = next(state, event);
    return state;
  }

  /** The first caller does the work, callers meanwhile get its result: a keychain must not ask the user twice. */
  function once(work: () => Promise<KeyState>): Promise<KeyState> {
    underWay ??= work().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  async function look(): Promise<KeyState> {
    if (state.at === 'unlocked') return state;
    const stored = await files.readRecord();
    if (stored.type === 'unreadable') return block('undecryptable', null);
    if (stored.type === 'none') {
      return (await options.hasCache()) ? block('missing_key', null) : go({ type: 'dropped' });
    }
    const { record } = stored;
    go({ type: 'found', record });
    if (record.mode === 'file') return openFile(record);
    return record.mode === 'keychain' ? openKeychain(record) : state;
  }

  function block(
    problem: Extract<KeyState, { at: 'problem' }>['problem'],
    record: KeyRecord | null,
    backend: string | null = null,
  ): KeyState {
    return go({ type: 'blocked', problem, record, backend });
  }

  async function openFile(record: KeyRecord): Promise<KeyState> {
    const stored = await files.readKey();
    if (stored.type === 'exposed') return block('exposed_key_file', record);
    if (stored.type === 'none') return block('missing_key', record);
    if (stored.type === 'unreadable' || !fits(record, stored.key)) return block('undecryptable', record);
    return go({ type: 'opened', record, key: stored.key });
  }

  async function openKeychain(record: Extract<KeyRecord, { mode: 'keychain' }>): Promise<KeyState> {
    const status = await keychain.status();
    if (!status.available) return block('changed_backend', record);
    if (status.backend !== record.backend) return block('changed_backend', record, status.backend);
    if (status.weak && !record.weakAccepted) return block('weak_backend', record, status.backend);
    let opened: Awaited<ReturnType<Shell['keychain']['unwrap']>>;
    try {
      opened = await keychain.unwrap(Buffer.from(record.wrapped, 'base64'));
    } catch {
      return block('undecryptable', record, status.backend); // The backend's reason is its own words: nothing to act on.
    }
    if (!fits(record, opened.secret)) {
      opened.secret.fill(0);
      return block('undecryptable', record, status.backend);
    }
    const kept = opened.rewrap ? await wrapAnew(record, opened.secret) : record;
    return go({ type: 'opened', record: kept, key: opened.secret });
  }

  async function wrapAnew(
    record: Extract<KeyRecord, { mode: 'keychain' }>,
    key: Uint8Array,
  ): Promise<KeyRecord> {
    const renewed = { ...record, wrapped: Buffer.from(await keychain.wrap(key)).toString('base64') };
    await files.writeRecord(renewed);
    return renewed;
  }

  async function make(mode: KeyMode, passphrase: string | null, weakAccepted: boolean): Promise<KeyState> {
    if (mode === 'passphrase' && (passphrase === null || !isStrongEnough(passphrase))) {
      throw new KeyFailure('weak_passphrase', 'the passphrase is too short or too obvious');
    }
    const status = mode === 'keychain' ? await keychain.status() : null;
    if (status !== null && !status.available)
      throw new KeyFailure('unavailable', 'no keychain on this machine');
    if (status?.available === true && status.weak && !weakAccepted)
      return block('weak_backend', null, status.backend);

    const key = randomBytes(KEY_BYTES);
    const common = { version: 1, fingerprint: fingerprintOf(key), createdAt: options.now() } as const;
    let record: KeyRecord;
    if (status?.available === true) {
      const wrapped = Buffer.from(await wrapChecked(key)).toString('base64');
      record = { ...common, mode: 'keychain', backend: status.backend, weakAccepted, wrapped };
    } else if (passphrase !== null && mode === 'passphrase') {
      record = { ...common, mode: 'passphrase', ...(await sealByPassphrase(key, passphrase)) };
    } else {
      // The key before its record: a record without a key would be a key that is lost.
      await files.writeKey(key);
      record = { ...common, mode: 'file' };
    }
    await files.writeRecord(record);
    if (record.mode !== 'file') await files.removeKey();
    return go({ type: 'opened', record, key });
  }

  /** A keychain is believed only after it has given back what it took. */
  async function wrapChecked(key: Uint8Array): Promise<Uint8Array> {
    try {
      const wrapped = await keychain.wrap(key);
      const { secret } = await keychain.unwrap(wrapped);
      const same = secret.length === key.length && timingSafeEqual(secret, key);
      secret.fill(0);
      if (same) return wrapped;
    } catch (error) {
      throw new KeyFailure(
        'unavailable',
        `the keychain refused (${error instanceof Error ? error.name : 'unknown'})`,
      );
    }
    throw new KeyFailure('unavailable', 'the keychain gave back something else than it was given');
  }

  return {
    state: () => state,
    open: () => once(look),
    async options() {
      const status = await keychain.status();
      const kept: KeyOption[] = status.available
        ? [{ mode: 'keychain', backend: status.backend, weak: status.weak }]
        : [];
      const passphrase: KeyOption = { mode: 'passphrase', backend: null, weak: false };
      const file: KeyOption = { mode: 'file', backend: null, weak: true };
      // A keychain without protection is no better than a file, so it stands behind the passphrase.
      return status.available && !status.weak ? [...kept, passphrase, file] : [passphrase, ...kept, file];
    },
    create: (mode, passphrase) => once(() => make(mode, passphrase, false)),
    async unlock(passphrase) {
      if (state.at !== 'wrapped' || state.record.mode !== 'passphrase') return state;
      const { record } = state;
      const key = await openByPassphrase(record.kdf, record.sealed, passphrase);
      if (key === null) throw new KeyFailure('wrong_passphrase', 'the passphrase does not open the key');
      if (!fits(record, key)) return block('undecryptable', record);
      return go({ type: 'opened', record, key });
    },
    async acceptWeak() {
      if (state.at !== 'problem' || state.problem !== 'weak_backend') return state;
      const { record } = state;
      if (record === null) return once(() => make('keychain', null, true));
      if (record.mode !== 'keychain') return state;
      await files.writeRecord({ ...record, weakAccepted: true });
      return once(look);
    },
    async startOver() {
      await files.setAside(options.now());
      return go({ type: 'dropped' });
    },
    warning() {
      if (state.at !== 'unlocked') return null;
      if (state.record.mode === 'file') return 'plain_key_file';
      return state.record.mode === 'keychain' && state.record.weakAccepted ? 'weak_backend' : null;
    },
    close() {
      go({ type: 'closed' });
    },
  };
}
