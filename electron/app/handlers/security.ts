import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import type { Context, Handlers } from '../context.ts';
import { originOf } from '../promises/promises.ts';
import { selfCheck } from '../lock/self-check.ts';

/** What is asked of the connection where the gateway has said nothing: the floor of every profile. */
const NO_PROFILE: Pick<PolicyProfile, 'minimumTls'> = { minimumTls: '1.2' };

/** Written down where there is a cache to write it to and somebody who did it. */
async function noted(context: Context, action: string, counts: Record<string, number> = {}): Promise<void> {
  if (context.life.ready() !== null) await context.audit({ action, subjects: [], counts, reason: null });
}

export const securityHandlers = {
  'key.lock': async (_input, { lock }) => {
    await lock.saved();
    return {};
  },
  'window.touched': async (_input, { lock }) => {
    lock.touched();
    return {};
  },
  'window.lostOnQuit': async (_input, { lostOnQuit }) => ({ lost: lostOnQuit() }),
  'key.recover': async ({ recoveryKey, ...way }, { life }) => {
    await life.recoverKey(recoveryKey, way);
    return {};
  },
  'key.standing': async (_input, { life }) =>
    life.withKey(async (keyRing) => {
      const key = keyRing.state();
      const record = 'record' in key ? key.record : null;
      return {
        mode: record?.mode ?? null,
        backend: record?.mode === 'keychain' ? record.backend : null,
        options: await keyRing.options(),
        recovery: keyRing.recovery(),
      };
    }),
  'key.keep': async ({ present, ...way }, context) => {
    await context.life.withKey((keyRing) => keyRing.keep(way, present));
    await noted(context, `key.keep.${way.mode}`);
    context.life.tellNotices();
    return {};
  },
  'key.makeRecovery': async ({ present }, context) => {
    const groups = await context.life.withKey((keyRing) => keyRing.makeRecovery(present));
    await noted(context, 'key.makeRecovery');
    return { groups };
  },
  'key.confirmRecovery': async ({ group, typed }, { life }) => ({
    right: await life.withKey((keyRing) => keyRing.confirmRecovery(group, typed)),
  }),
  'key.rotate': async ({ present }, context) => {
    await Promise.all([context.imports.pause(), context.backups.pause()]);
    try {
      await context.life.rotateKey(present);
    } finally {
      if (context.life.ready() !== null) {
        context.imports.resume();
        context.backups.resume();
      }
    }
    await noted(context, 'key.rotate');
    return {};
  },
  'device.lost': async ({ wipe }, context) => {
    await Promise.all([context.imports.pause(), context.backups.pause()]);
    return context.life.reportLost(wipe);
  },
  'device.receipt': async (_input, { lost }) => lost.receipt(),
  'device.dismissReceipt': async (_input, { lost }) => {
    await lost.dismiss();
    return {};
  },
  'security.check': async (_input, context) => {
    const cache = context.cache();
    const [session, rules] = await Promise.all([cache.read.session(), cache.read.rules()]);
    const { key, recovery } = await context.life.withKey(async (keyRing) => {
      const now = keyRing.state();
      const record = 'record' in now ? now.record : null;
      const kept =
        record === null
          ? null
          : {
              mode: record.mode,
              backend: record.mode === 'keychain' ? record.backend : null,
              weak: record.mode === 'keychain' && record.weakAccepted,
            };
      return { key: kept, recovery: keyRing.recovery() };
    });
    return selfCheck({
      cache,
      key,
      recovery,
      lock: context.settings.get().lock,
      userDataDir: context.userDataDir,
      gateway: session === null ? null : originOf(session.gateway),
      profile: context.promises.judge(rules, context.now()).policy ?? NO_PROFILE,
      kind: context.shell.kind,
      executable: process.execPath,
    });
  },
} satisfies Partial<Handlers>;
