/**
 * The life of the cache key as a state machine: one union, one transition function. Effects are in key-ring.ts.
 *
 *            found                 opened
 *   none ───────────▶ wrapped ───────────────▶ unlocked
 *    │ ▲                │  ▲ └──blocked──┐        │  │
 *    │ │ dropped        │  └─────────────┼─closed─┘  │
 *    │ └──── problem ◀──┘ blocked        ▼           │
 *    │        │  ▲ ───────────────────▶ problem      │
 *    │        │  └── blocked (none: the cache is      │
 *    │        │      there and its key is not)        │
 *    │        └── opened (backend came back, weak     │
 *    │            backend accepted) ─▶ unlocked       │
 *    └────────── opened (first key made) ─▶ unlocked ─┘
 *
 * `found` also leads from problem to wrapped (try again), and `dropped` leads everywhere back to none (start over, and a wipe, after
 * which there is nothing to go back to). Locking is `closed`. `kept`: another way to keep the same key. `rotated`: another key; until
 * the cache is proven to open with it, both records lie on the disk (key-ring.ts, settle).
 */
import type { KeyProblem } from '../../shared/contract/state.ts';
import type { KeyRecord } from './record.ts';

export type KeyState =
  /** No key yet: the user is asked how it shall be kept. */
  | { at: 'none' }
  /** There is a key, not opened yet. In mode `passphrase` it waits for the user. */
  | { at: 'wrapped'; record: KeyRecord }
  /** It cannot be opened, and why. `backend` is the keychain of now; the record, when readable, names that of then. */
  | { at: 'problem'; problem: KeyProblem; record: KeyRecord | null; backend: string | null }
  /** `key` is overwritten with zeros when the state is left. */
  | { at: 'unlocked'; record: KeyRecord; key: Uint8Array };

export type KeyEvent =
  | { type: 'found'; record: KeyRecord }
  | { type: 'blocked'; problem: KeyProblem; record: KeyRecord | null; backend: string | null }
  | { type: 'opened'; record: KeyRecord; key: Uint8Array }
  /** The same key, kept in another way. */
  | { type: 'kept'; record: KeyRecord }
  /** The cache opens with this key from now on. */
  | { type: 'rotated'; record: KeyRecord; key: Uint8Array }
  | { type: 'closed' }
  | { type: 'dropped' };

/** The next state. Throws on a transition that the diagram does not have: a bug of the caller. */
export function next(state: KeyState, event: KeyEvent): KeyState {
  switch (event.type) {
    case 'found':
      if (state.at === 'unlocked') break;
      return { at: 'wrapped', record: event.record };
    case 'blocked':
      if (state.at === 'unlocked') break;
      return { at: 'problem', problem: event.problem, record: event.record, backend: event.backend };
    case 'opened':
      if (state.at === 'unlocked') break;
      return { at: 'unlocked', record: event.record, key: event.key };
    case 'kept':
      if (state.at !== 'unlocked') break;
      return { at: 'unlocked', record: event.record, key: state.key };
    case 'rotated':
      if (state.at !== 'unlocked') break;
      state.key.fill(0);
      return { at: 'unlocked', record: event.record, key: event.key };
    case 'closed':
      if (state.at !== 'unlocked') return state;
      state.key.fill(0);
      return { at: 'wrapped', record: state.record };
    case 'dropped':
      if (state.at === 'unlocked') state.key.fill(0);
      return { at: 'none' };
  }
  throw new Error(`the key cannot go from ${state.at} by ${event.type}`);
}
