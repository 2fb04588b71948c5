/**
 * What the gateway promised, as far as it can be believed. This device remembers, for each workspace, the key that its first profile was
 * signed with, and, for each address, the lowest TLS that was promised there: so the floor is right before the profile is read again, also
 * while the cache is locked or nowhere on the disk. Both lie in `gateways.json`, without anything of the workspace.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import type { PolicyDoubt } from '../../../shared/domain/policy-trust.ts';
import { believed } from '../../../shared/domain/policy-trust.ts';
import type { Cache } from '../../cache/api.ts';
import type { Ready } from '../context.ts';
import type { Log } from '../log.ts';
import { setFloor } from '../tls-floor.ts';
import { signatureState } from './signature.ts';

export const GATEWAYS_FILE = 'gateways.json';

const Known = z.object({
  keys: z.record(z.string(), z.object({ publicKey: z.string(), since: z.number() })).default({}),
  floors: z.record(z.string(), z.enum(['1.2', '1.3'])).default({}),
});
type Known = z.infer<typeof Known>;

export type Rules = Awaited<ReturnType<Cache['read']['rules']>>;

export type Judgement = {
  /** What counts now; null: nothing was told yet. */
  policy: PolicyProfile | null;
  doubt: PolicyDoubt | null;
  /** The key that is believed; null: none was ever seen. */
  key: { publicKey: string; since: number } | null;
  /** The key of the newest version that is signed well with another one; null: there is none. */
  offered: string | null;
};

export type Promises = {
  load(): Promise<void>;
  judge(rules: Rules, now: number): Judgement;
  /** From now on this key is believed. */
  trust(publicKey: string): Promise<void>;
  /** Before anything is sent to this address. */
  connecting(gateway: string): void;
  /** Remembers what was told. Answers whether the floor was raised: whoever is connected has to connect anew. */
  follow(ready: Ready, now: number): Promise<boolean>;
};

export type PromisesOptions = {
  file: string;
  write(file: string, content: string): Promise<void>;
  ready(): Ready | null;
  log: Log;
  now(): number;
};

export function createPromises(options: PromisesOptions): Promises {
  const { log, now } = options;
  let known = Known.parse({});
  let last: Promise<void> = Promise.resolve();

  function save(change: (before: Known) => Known): Promise<void> {
    const written = last.then(async () => {
      const next = change(known);
      await options.write(options.file, `${JSON.stringify(next, null, 2)}\n`);
      known = next;
    });
    last = written.catch(() => undefined);
    return written;
  }

  function keyOf(workspaceId: string): Judgement['key'] {
    return known.keys[workspaceId] ?? null;
  }

  function judgeFor(workspaceId: string, rules: Rules, at: number): Judgement {
    const key = keyOf(workspaceId) ?? firstKey(workspaceId, rules, at);
    const versions = rules.versions.length > 0 ? rules.versions : rules.policy === null ? [] : [rules.policy];
    const judged = versions.map((profile) => ({
      profile,
      signature: signatureState(profile, workspaceId, key?.publicKey ?? null),
    }));
    const offered = judged.findLast(({ signature }) => signature === 'other_key')?.profile.signature;
    return { ...believed(judged, at), key, offered: offered?.publicKey ?? null };
  }

  return {
    async load() {
      try {
        known = Known.parse(JSON.parse(await readFile(options.file, 'utf8')));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        log.warn({ error }, 'the keys of gateways cannot be read; they are learnt anew');
      }
    },
    judge(rules, at) {
      const workspaceId = options.ready()?.session.workspace.id;
      return workspaceId === undefined
        ? { policy: null, doubt: null, key: null, offered: null }
        : judgeFor(workspaceId, rules, at);
    },
    async trust(publicKey) {
      const workspaceId = options.ready()?.session.workspace.id;
      if (workspaceId === undefined) return;
      await save((before) => ({
        ...before,
        keys: { ...before.keys, [workspaceId]: { publicKey, since: now() } },
      }));
    },
    connecting(gateway) {
      setFloor(known.floors[originOf(gateway) ?? ''] ?? '1.2');
    },
    async follow({ cache, session }, at) {
      const { id } = session.workspace;
      const { policy, key } = judgeFor(id, await cache.read.rules(), at);
      const origin = originOf(session.gateway) ?? '';
      if (key !== null && keyOf(id) === null) {
        await save((before) => ({ ...before, keys: { ...before.keys, [id]: key } }));
      }
      if (policy === null) return false;
      if (known.floors[origin] !== policy.minimumTls) {
        await save((before) => ({ ...before, floors: { ...before.floors, [origin]: policy.minimumTls } }));
      }
      return setFloor(policy.minimumTls);
    },
  };
}

/** Where an address leads, as it may have been typed; null: nowhere. */
export function originOf(gateway: string): string | null {
  const text = gateway.trim();
  return URL.parse(/^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `https://${text}`)?.origin ?? null;
}

/** The key of the first profile that is signed well: there is nothing yet to compare it with. */
function firstKey(workspaceId: string, rules: Rules, at: number): Judgement['key'] {
  const signed = rules.versions.find((profile) => signatureState(profile, workspaceId, null) === 'signed');
  return signed?.signature === undefined ? null : { publicKey: signed.signature.publicKey, since: at };
}
