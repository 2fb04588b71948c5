import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../../shared/domain/id.ts';
import { heldTargets } from '../../../shared/domain/legal-hold.ts';
import { checkDeviceRule, mayEditRetention } from '../../../shared/domain/retention-change.ts';
import { WorkspaceRetention } from '../../../shared/domain/retention.ts';
import type { Context, Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { keptBy, overLimit } from '../retention/retention.ts';
import { fingerprint } from '../promises/signature.ts';
import { enqueue } from './command.ts';

/** Conversations in the table of what takes the space. */
const LISTED = 50;

/** The gateway would refuse it as well: here the page is told at once. */
function ownersOnly({ ready }: Context): void {
  if (!mayEditRetention(ready().session.me.role)) throw failure('forbidden', 'rules are for owners');
}

export const retentionHandlers = {
  'retention.get': async (_input, { ready, retention, promises }) => {
    const { cache, session } = ready();
    const [rules, receipts, { now, deviceClock }] = await Promise.all([
      cache.read.rules(),
      cache.read.receipts(),
      retention.time(cache),
    ]);
    const { policy, doubt, key, offered } = promises.judge(rules, now);
    return {
      policy,
      signature: {
        doubt,
        key: key === null ? null : { fingerprint: fingerprint(key.publicKey), since: key.since },
        offered: offered === null ? null : { publicKey: offered, fingerprint: fingerprint(offered) },
      },
      versions: rules.versions,
      workspace: rules.workspace ?? WorkspaceRetention.parse({}),
      device: retention.file().device,
      holds: rules.holds,
      breaches: rules.breaches,
      mayEdit: mayEditRetention(session.me.role),
      running: retention.running(),
      receipts,
      deviceClock,
      now,
      timeZone: rules.workspace?.timeZone ?? 'UTC',
    };
  },
  'retention.preview': async (draft, { ready, retention }) => {
    const { cache } = ready();
    const [rules, { now }] = await Promise.all([cache.read.rules(), retention.time(cache)]);
    const given = retention.sources(rules, now);
    if (given === null) throw failure('not_ready', 'the rules of the workspace are not here yet');
    const sources = {
      ...given,
      workspace: draft.workspace ?? given.workspace,
      device: draft.device ?? given.device,
    };
    return cache.read.purgePreview({
      cutoffs: retention.cutoffs(sources, now),
      held: heldTargets(rules.holds),
    });
  },
  'policy.trustKey': async ({ publicKey }, context) => {
    ownersOnly(context);
    const { cache } = context.ready();
    const { offered } = context.promises.judge(await cache.read.rules(), context.now());
    if (offered !== publicKey) throw failure('not_found', 'the gateway signs with another key by now');
    await context.promises.trust(publicKey);
    await context.audit({
      action: 'policy.trustKey',
      subjects: [fingerprint(publicKey)],
      counts: {},
      reason: null,
    });
    context.followPromises();
    context.retention.wake('rule');
    return {};
  },
  'retention.save': async ({ rule }, context) => {
    ownersOnly(context);
    await enqueue(context, 'retention.save', { retention: rule });
    return {};
  },
  'retention.device': async ({ rule }, context) => {
    const { cache } = context.ready();
    const rules = await cache.read.rules();
    const { now } = await context.retention.time(cache);
    const verdict = checkDeviceRule(
      rule,
      context.promises.judge(rules, now).policy,
      rules.workspace ?? WorkspaceRetention.parse({}),
    );
    if (!verdict.ok) throw failure('forbidden', 'a device may only be stricter');
    await context.retention.save({ device: rule });
    await context.audit({ action: 'retention.device', subjects: [], counts: {}, reason: null });
    context.retention.wake('rule');
    return {};
  },
  'retention.purge': async (_input, { retention }) => ({ receipt: await retention.purge('manual') }),
  'hold.save': async ({ holdId: given, ...hold }, context) => {
    ownersOnly(context);
    const holdId = given ?? newId();
    await enqueue(context, 'hold.save', { holdId, ...hold });
    return { holdId };
  },
  'hold.release': async ({ holdId }, context) => {
    ownersOnly(context);
    await enqueue(context, 'hold.release', { holdId });
    return {};
  },
  'notice.acknowledge': async ({ notice }, context) => {
    await enqueue(context, 'notice.acknowledge', { notice });
    await context.audit({ action: 'notice.acknowledge', subjects: [notice], counts: {}, reason: null });
    return {};
  },
  'storage.get': async (_input, { ready, life, retention, storageTasks, userDataDir }) => {
    const { mediaLimit, keptViews } = retention.file();
    return {
      ...(await ready().cache.read.space({ limit: LISTED })),
      folder: userDataDir,
      mode: life.onDisk() ? 'on' : 'off',
      mediaLimit,
      views: keptViews,
      task: storageTasks.running(),
    };
  },
  'storage.limit': async ({ mediaLimit }, { retention }) => {
    await retention.save({ mediaLimit });
    retention.wake('space');
    return {};
  },
  'storage.pin': async (input, { ready }) => {
    await ready().cache.write.setPin(input);
    return {};
  },
  'storage.pinView': async ({ view, pinned }, { retention }) => {
    const others = retention.file().keptViews.filter((each) => !isDeepStrictEqual(each, view));
    await retention.save({ keptViews: pinned ? [...others, view] : others });
    return {};
  },
  'storage.free': async ({ target, dry }, { ready, life, retention, now, changed }) => {
    const { cache } = ready();
    const kept = keptBy(retention.file().keptViews, ready(), now());
    const { ids, bytes } = await overLimit(cache, target, kept);
    if (!dry && ids.length > 0) {
      changed(await cache.write.evict({ ids }));
      await life.removeDiscarded();
    }
    return { files: ids.length, bytes };
  },
  'storage.compact': async (_input, { ready, storageTasks }) => {
    const { cache } = ready();
    const before = (await cache.read.diagnostics()).cacheBytes;
    const { cancelled } = await storageTasks.compact(cache);
    return { before, after: (await cache.read.diagnostics()).cacheBytes, cancelled };
  },
  'storage.check': async (_input, { ready, storageTasks }) => storageTasks.check(ready().cache),
  'storage.cancel': async (_input, { storageTasks }) => {
    storageTasks.cancel();
    return {};
  },
  'storage.reindex': async (_input, { ready, life }) => {
    await ready().cache.write.rebuildIndex();
    life.tidy();
    return {};
  },
} satisfies Partial<Handlers>;
