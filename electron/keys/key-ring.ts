/** The cache key of this machine: makes it, keeps it, opens it, changes it. All decisions are transitions of state.ts. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { KeyMode } from '../../shared/contract/state.ts';
import { parseRecoveryKey, recoveryGroups } from '../../shared/domain/recovery-key.ts';
import type { Shell } from '../app/shell.ts';
import { createAttempts } from './attempts.ts';
import { type KeyFiles, type StoredKey, keyFiles } from './key-files.ts';
import { KeyFailure } from './key-failure.ts';
import { openByPassphrase } from './passphrase.ts';
import { KEY_BYTES, type KeyRecord, type RecoveryWrap, fits } from './record.ts';
import { makeRecoverySecret, openByRecovery, publicHalf, sealForRecovery } from './recovery.ts';
import { type KeyEvent, type KeyState, next } from './state.ts';
import { type Way, checkPassphrase, openByKeychain, wrapKey } from './ways.ts';

/** A way to keep the key that this machine offers. `weak`: it protects from nobody who can read the disk. */
export type KeyOption = { mode: KeyMode; backend: string | null; weak: boolean };

/** When the recovery key was made, and when somebody showed to have it on paper. */
export type RecoveryStanding = Pick<RecoveryWrap, 'createdAt' | 'confirmedAt'>;

export type KeyRing = {
  state(): KeyState;
  /** Looks what there is and opens what needs no answer from the user. Requests at the same time share one attempt. */
  open(): Promise<KeyState>;
  /** Best first. */
  options(): Promise<KeyOption[]>;
  /** Makes the first key. A weak keychain leads to the problem `weak_backend` until it is accepted. */
  create(mode: KeyMode, passphrase: string | null): Promise<KeyState>;
  /** Null: the key is opened without one. Throws KeyFailure `wrong_passphrase`, `too_soon`. */
  unlock(passphrase: string | null): Promise<KeyState>;
  /** Until when no passphrase is tried, epoch milliseconds; null: now. */
  waitUntil(): number | null;
  /** The user knows that the keychain protects nothing, and goes on. */
  acceptWeak(): Promise<KeyState>;
  /** Moves the key's files aside; the next state is `none`. */
  startOver(): Promise<KeyState>;
  /** The same key, kept in another way. `present`: the passphrase of now, when there is one. Throws KeyFailure. */
  keep(way: Way, present: string | null): Promise<void>;
  /** Null: there is none. */
  recovery(): RecoveryStanding | null;
  /** A new recovery key in place of the one before, as groups to print. Kept nowhere. Throws KeyFailure. */
  makeRecovery(present: string | null): Promise<string[]>;
  /** Whether this is the group (0 is the first) of the key that was just made; a right one is noted in the record. */
  confirmRecovery(group: number, typed: string): Promise<boolean>;
  /** Opens the key by the printed one, and keeps it this way from now on. Throws KeyFailure. */
  recover(typed: string, way: Way): Promise<KeyState>;
  /** A new key, its record written beside the present one. Throws KeyFailure. */
  beginRotation(present: string | null): Promise<Uint8Array>;
  /** The cache opens with the new key (true) or is as it was. */
  endRotation(done: boolean): Promise<void>;
  /** Overwrites and removes every trace of the key, in memory and on the disk; answers how many files. No way back. */
  destroy(): Promise<number>;
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
  /** Whether this key opens the cache that lies there: decides after a rotation that was cut off. */
  opensCache(key: Uint8Array): Promise<boolean>;
  now(): number;
};

export function createKeyRing(options: KeyRingOptions): KeyRing {
  const { keychain, now } = options;
  const files: KeyFiles = keyFiles(options.folder);
  const attempts = createAttempts(path.join(options.folder, 'attempts.json'), now);
  let state: KeyState = { at: 'none' };
  let underWay: Promise<KeyState> | null = null;
  /** Groups of the recovery key that was just made, until one was typed back. */
  let shown: string[] | null = null;
  let rotating: { record: KeyRecord; key: Uint8Array } | null = null;

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
    await attempts.load();
    const stored = await files.readRecord();
    if (stored.type === 'unreadable') return block('undecryptable', null);
    if (stored.type === 'none') {
      return (await options.hasCache()) ? block('missing_key', null) : go({ type: 'dropped' });
    }
    const { record } = stored;
    await files.sweep(record);
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

  async function nextRecord(): Promise<KeyRecord | null> {
    const stored = await files.readNextRecord();
    return stored.type === 'record' ? stored.record : null;
  }

  /**
   * After a rotation that was cut off there are two records, and which of the two keys is right the cache alone knows: its file was
   * replaced in one step. `other`: the key of the next record, when it could be opened.
   */
  async function settle(
    record: KeyRecord,
    key: Uint8Array | null,
    following: KeyRecord,
    other: Uint8Array | null,
  ): Promise<KeyState | null> {
    if (other !== null && (await options.opensCache(other))) {
      if (key !== other) key?.fill(0);
      await files.promoteNext(following);
      return go({ type: 'opened', record: following, key: other });
    }
    if (other !== key) other?.fill(0);
    if (key === null) return null;
    if (await options.opensCache(key)) await files.removeNext();
    return go({ type: 'opened', record, key });
  }

  async function openFile(record: KeyRecord): Promise<KeyState> {
    const stored = await files.readKey();
    if (stored.type === 'exposed') return block('exposed_key_file', record);
    const following = await nextRecord();
    if (following !== null) {
      const keys = [stored, await files.readNextKey()].flatMap(keyIn);
      const of = (one: KeyRecord) => keys.find((key) => fits(one, key)) ?? null;
      const settled = await settle(record, of(record), following, of(following));
      if (settled !== null) return settled;
    }
    if (stored.type === 'none') return block('missing_key', record);
    if (stored.type === 'unreadable' || !fits(record, stored.key)) return block('undecryptable', record);
    return go({ type: 'opened', record, key: stored.key });
  }

  async function openKeychain(record: Extract<KeyRecord, { mode: 'keychain' }>): Promise<KeyState> {
    const opened = await openByKeychain(keychain, record);
    const following = await nextRecord();
    if (following?.mode === 'keychain') {
      const other = await openByKeychain(keychain, following);
      const key = 'key' in opened ? opened.key : null;
      const settled = await settle(record, key, following, 'key' in other ? other.key : null);
      if (settled !== null) return settled;
    }
    if ('problem' in opened) return block(opened.problem, record, opened.backend);
    const { key } = opened;
    if (!opened.rewrap) return go({ type: 'opened', record, key });
    const renewed = { ...record, wrapped: Buffer.from(await keychain.wrap(key)).toString('base64') };
    await files.writeRecord(renewed);
    return go({ type: 'opened', record: renewed, key });
  }

  /** Throws `too_soon` while it is. */
  function mayTry(): void {
    const until = attempts.waitUntil();
    if (until !== null) throw new KeyFailure('too_soon', 'too many wrong passphrases', until - now());
  }

  async function tryPassphrase(
    record: Extract<KeyRecord, { mode: 'passphrase' }>,
    passphrase: string,
  ): Promise<Uint8Array | null> {
    mayTry();
    const key = await openByPassphrase(record.kdf, record.sealed, passphrase);
    if (key !== null) await attempts.right();
    return key;
  }

  async function openPassphrase(
    record: Extract<KeyRecord, { mode: 'passphrase' }>,
    passphrase: string,
  ): Promise<KeyState> {
    const key = await tryPassphrase(record, passphrase);
    const following = await nextRecord();
    if (following?.mode === 'passphrase') {
      const other = await openByPassphrase(following.kdf, following.sealed, passphrase);
      const settled = await settle(record, key, following, other);
      if (settled !== null) return settled;
    }
    if (key === null) {
      await attempts.wrong();
      throw new KeyFailure('wrong_passphrase', 'the passphrase does not open the key');
    }
    if (!fits(record, key)) return block('undecryptable', record);
    return go({ type: 'opened', record, key });
  }

  /** What is written down for a key in its new way; in mode `file` the key before its record. */
  async function write(record: KeyRecord, key: Uint8Array): Promise<void> {
    // A record without a key would be a key that is lost.
    if (record.mode === 'file') await files.writeKey(key);
    await files.writeRecord(record);
    if (record.mode !== 'file') await files.shredKey();
  }

  async function make(way: Way): Promise<KeyState> {
    if (way.mode === 'passphrase') checkPassphrase(way.passphrase);
    if (way.mode === 'keychain') {
      const status = await keychain.status();
      if (status.available && status.weak && !way.acceptWeak)
        return block('weak_backend', null, status.backend);
    }
    const key = randomBytes(KEY_BYTES);
    const record = await wrapKey(keychain, key, way, { createdAt: now(), recovery: null });
    await write(record, key);
    return go({ type: 'opened', record, key });
  }

  /** The open state, after the passphrase of now was shown to be known. */
  async function proven(present: string | null): Promise<Extract<KeyState, { at: 'unlocked' }>> {
    if (state.at !== 'unlocked') throw new KeyFailure('unavailable', 'the key is not open');
    const open = state;
    if (open.record.mode !== 'passphrase') return open;
    const key = present === null ? null : await tryPassphrase(open.record, present);
    if (key === null) {
      await attempts.wrong();
      throw new KeyFailure('wrong_passphrase', 'the passphrase does not open the key');
    }
    key.fill(0);
    return open;
  }

  /** By the printed key: the record that fits, and its key. */
  async function recovered(record: KeyRecord, secret: Uint8Array): Promise<KeyState | null> {
    const key = record.recovery === null ? null : openByRecovery(record.recovery, secret);
    const right = key !== null && fits(record, key) ? key : null;
    const following = await nextRecord();
    if (following?.recovery != null) {
      const settled = await settle(record, right, following, openByRecovery(following.recovery, secret));
      if (settled !== null) return settled;
    }
    return right === null ? null : go({ type: 'opened', record, key: right });
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
    create: (mode, passphrase) => once(() => make({ mode, passphrase, acceptWeak: false })),
    async unlock(passphrase) {
      if (state.at !== 'wrapped') return state;
      const { record } = state;
      if (record.mode !== 'passphrase') return once(look);
      if (passphrase === null) throw new KeyFailure('wrong_passphrase', 'the key needs a passphrase');
      return openPassphrase(record, passphrase);
    },
    waitUntil: attempts.waitUntil,
    async acceptWeak() {
      if (state.at !== 'problem' || state.problem !== 'weak_backend') return state;
      const { record } = state;
      if (record === null) return once(() => make({ mode: 'keychain', passphrase: null, acceptWeak: true }));
      if (record.mode !== 'keychain') return state;
      await files.writeRecord({ ...record, weakAccepted: true });
      return once(look);
    },
    async startOver() {
      await files.setAside(now());
      return go({ type: 'dropped' });
    },
    async keep(way, present) {
      const { record, key } = await proven(present);
      const { createdAt, recovery } = record;
      const changed = await wrapKey(keychain, key, way, { createdAt, recovery });
      await write(changed, key);
      go({ type: 'kept', record: changed });
    },
    recovery() {
      const recovery = 'record' in state ? (state.record?.recovery ?? null) : null;
      return recovery === null ? null : { createdAt: recovery.createdAt, confirmedAt: recovery.confirmedAt };
    },
    async makeRecovery(present) {
      const { record, key } = await proven(present);
      const secret = makeRecoverySecret();
      try {
        const to = { publicKey: publicHalf(secret), createdAt: now(), confirmedAt: null };
        const changed: KeyRecord = { ...record, version: 2, recovery: sealForRecovery(key, to) };
        await files.writeRecord(changed);
        go({ type: 'kept', record: changed });
        shown = recoveryGroups(secret);
        return shown;
      } finally {
        secret.fill(0);
      }
    },
    async confirmRecovery(group, typed) {
      const wanted = shown?.[group];
      if (state.at !== 'unlocked' || state.record.recovery === null || wanted === undefined) return false;
      const folded = typed.toUpperCase().replace(/[\s-]/gu, '').replace(/O/gu, '0').replace(/[IL]/gu, '1');
      if (folded !== wanted) return false;
      const changed = { ...state.record, recovery: { ...state.record.recovery, confirmedAt: now() } };
      await files.writeRecord(changed);
      go({ type: 'kept', record: changed });
      shown = null;
      return true;
    },
    async recover(typed, way) {
      const record = state.at === 'wrapped' || state.at === 'problem' ? state.record : null;
      const parsed = parseRecoveryKey(typed);
      if ('typo' in parsed || record === null)
        throw new KeyFailure('wrong_recovery_key', 'no recovery key fits');
      // Before anything is opened: what cannot be kept must not leave an open key behind.
      if (way.mode === 'passphrase') checkPassphrase(way.passphrase);
      mayTry();
      try {
        const opened = await recovered(record, parsed.secret);
        if (opened?.at !== 'unlocked') {
          await attempts.wrong();
          throw new KeyFailure('wrong_recovery_key', 'this recovery key opens nothing');
        }
        const { createdAt, recovery } = opened.record;
        try {
          const changed = await wrapKey(keychain, opened.key, way, { createdAt, recovery });
          await write(changed, opened.key);
          await attempts.right();
          return go({ type: 'kept', record: changed });
        } catch (error) {
          go({ type: 'closed' });
          throw error;
        }
      } finally {
        parsed.secret.fill(0);
      }
    },
    async beginRotation(present) {
      const { record } = await proven(present);
      const key = randomBytes(KEY_BYTES);
      const recovery = record.recovery === null ? null : sealForRecovery(key, record.recovery);
      const acceptWeak = record.mode === 'keychain' && record.weakAccepted;
      const way = { mode: record.mode, passphrase: present, acceptWeak };
      const following = await wrapKey(keychain, key, way, { createdAt: now(), recovery });
      await files.writeNext(following, following.mode === 'file' ? key : null);
      rotating = { record: following, key };
      return key;
    },
    async endRotation(done) {
      const was = rotating;
      rotating = null;
      if (was === null) return;
      if (!done) {
        was.key.fill(0);
        await files.removeNext();
        return;
      }
      await files.promoteNext(was.record);
      go({ type: 'rotated', record: was.record, key: was.key });
    },
    async destroy() {
      shown = null;
      rotating?.key.fill(0);
      rotating = null;
      // Memory first: whatever the disk does, this process cannot open anything any more.
      go({ type: 'dropped' });
      return files.destroy();
    },
    warning() {
      if (state.at !== 'unlocked') return null;
      if (state.record.mode === 'file') return 'plain_key_file';
      return state.record.mode === 'keychain' && state.record.weakAccepted ? 'weak_backend' : null;
    },
    close() {
      shown = null;
      go({ type: 'closed' });
    },
  };
}

function keyIn(stored: StoredKey): Uint8Array[] {
  return stored.type === 'key' ? [stored.key] : [];
}
