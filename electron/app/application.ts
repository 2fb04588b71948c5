/**
 * The application that Electron and loopback both start: the cache, the keys, the session with the gateway and the calls of the
 * page, wired together. It knows the desktop only through the Shell.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { PageEventData } from '../../shared/contract/events.ts';
import type { AppState, ConnectionState } from '../../shared/contract/state.ts';
import type { Application, ApplicationOptions } from './application-types.ts';
import { createAuditBook } from './audit/book.ts';
import { createAuditWatch } from './audit/watch.ts';
import { createAttention } from './notifications/attention.ts';
import { CACHE_FILE } from './cache-place.ts';
import { createBackups } from './backup/backups.ts';
import { createChanges } from './changes.ts';
import { createExporting } from './conversation-export/exporting.ts';
import type { Context } from './context.ts';
import { createSlowStatements } from './diagnostics/slow.ts';
import { createTickets } from './exports/tickets.ts';
import { failure } from './failures.ts';
import { createGate } from './gate.ts';
import { handlers } from './handlers/all.ts';
import { createImports } from './imports/imports.ts';
import { createEnding } from './ending/ending.ts';
import { createAutoLock } from './lock/auto-lock.ts';
import { createLocking, OPEN } from './lock/locking.ts';
import { createLostDevice } from './lock/lost-device.ts';
import { createImportTarget } from './imports/receive.ts';
import { createLifecycle } from './lifecycle.ts';
import { createMediaSource } from './media-source.ts';
import { createNavigation } from './navigation.ts';
import { createNotifications } from './notifications/notifications.ts';
import { createOpenedFiles } from './opened-files.ts';
import { GATEWAYS_FILE, type Rules, createPromises } from './promises/promises.ts';
import { RETENTION_FILE, createRetention } from './retention/retention.ts';
import { createStorageTasks } from './retention/storage-task.ts';
import { createPresence } from './presence.ts';
import { createPublisher } from './publisher.ts';
import { SETTINGS_FILE, createSettings } from './settings.ts';
import { createUndo } from './undo.ts';
import { createUnsentCounter } from './unsent.ts';
import { createUploads } from './uploads.ts';
import { wordsFor } from './words.ts';

export function createApplication(options: ApplicationOptions): Application {
  const { log, parts, shell, userDataDir } = options;
  const now = options.now ?? (() => Date.now());
  const publisher = createPublisher((error) => log.error({ error }, 'an event was not delivered'));
  const settings = createSettings({
    file: path.join(userDataDir, SETTINGS_FILE),
    write: parts.writeAtomically,
    log,
    onChange(next) {
      publisher.publish('settings', next);
      notifications.recount();
    },
  });
  const openedFiles = createOpenedFiles(path.join(userDataDir, 'opened'), log);
  const slow = createSlowStatements();
  const undo = createUndo();
  const presence = createPresence();
  const attention = createAttention();
  const notifications = createNotifications({
    ready: () => life.ready(),
    settings: settings.get,
    attention,
    publisher,
    shell,
    log,
    now,
  });
  const unsent = createUnsentCounter(path.join(userDataDir, 'cache', 'unsent'));
  const changes = createChanges({
    now,
    counter: unsent,
    log,
    onChanged(set) {
      publisher.publish('changed', set);
      if (set.lists || set.everything) notifications.recount();
      if (set.directory || set.everything) followProfile();
      if (set.directory && !set.everything) retention.wake('rule');
    },
    onUnsent: (count) => publisher.publish('connection', { connection: life.connection(), unsent: count }),
  });
  const promises = createPromises({
    file: path.join(userDataDir, GATEWAYS_FILE),
    write: parts.writeAtomically,
    ready: () => life.ready(),
    log,
    now,
  });
  const inForce = (rules: Rules, at: number) => promises.judge(rules, at).policy;
  const retention = createRetention({
    inForce,
    file: path.join(userDataDir, RETENTION_FILE),
    userDataDir,
    write: parts.writeAtomically,
    ready: () => life.ready(),
    onDisk: () => life.onDisk(),
    switchStorage(change) {
      // Not waited for: it may be a restore that looks at the storage.
      void backups.pause();
      return life.switchStorage(change);
    },
    removeDiscarded: () => life.removeDiscarded(),
    everything: () => changes.everything(),
    log,
    now,
  });
  const keyRing = parts.createKeyRing({
    folder: path.join(userDataDir, 'keys'),
    keychain: shell.keychain,
    opensCache: (key) => parts.opensFile(path.join(userDataDir, 'cache', CACHE_FILE), key),
    hasCache: () => exists(path.join(userDataDir, 'cache', CACHE_FILE)),
    now,
  });
  const lost = createLostDevice({ parts, userDataDir, log, now });
  const ending = createEnding({
    parts,
    userDataDir,
    lost,
    cache: () => life.cache(),
    inForce,
    terminate: () => Promise.all([imports.pause(), backups.pause()]).then(() => life.terminate()),
    log,
    now,
  });
  const { termination } = ending;
  const life = createLifecycle({
    ...options,
    lost,
    ...ending,
    unread: notifications.unread,
    keyRing,
    publisher,
    unsent,
    changes,
    onArrivals: notifications.arrived,
    onServerTime(at) {
      retention.serverTime(at);
      termination.serverTime(at);
    },
    storage: () => retention.file().storage,
    toldStorage: (said) => retention.toldStorage(said),
    connecting: promises.connecting,
    onNewKey: (key) => backups.carryOver(key),
    onForget: () => backups.forget(),
    onSlow: (statement, ms) => slow.add(statement, ms, now()),
    now,
  });
  const navigation = createNavigation(publisher, () => life.ready() !== null);
  const stopFollowing = publisher.listen((name, data) => {
    if (name === 'ephemeral') presence.heard(data as PageEventData<'ephemeral'>);
    else if (name === 'connection') followConnection((data as PageEventData<'connection'>).connection);
    else if (name === 'app.state') followPhase(data as AppState);
  });

  function followConnection(connection: ConnectionState): void {
    presence.connection(connection);
    if (connection.state === 'online') notifications.caughtUp();
  }

  function followPhase(state: AppState): void {
    const { phase } = state;
    watch.phase(state);
    if (phase === 'ready') {
      imports.resume();
      backups.resume();
      retention.wake('start');
      notifications.recount();
      followProfile();
    } else forget(phase);
    if (phase === 'signed_out') ending.follow();
  }

  /** The profile of the gateway says how old its connection may be; one that is too old ends. */
  function followProfile(): void {
    ending.follow();
    const ready = life.ready();
    if (ready === null) return;
    promises
      .follow(ready, now())
      .then((raised) => {
        if (!raised) return;
        ready.sync.suspend();
        ready.sync.resume();
      })
      .catch((error: unknown) => log.warn({ error }, 'the profile was not read'));
  }

  /** What belongs to the one who was signed in; a protocol that does not fit changes nothing about that. */
  function forget(phase: AppState['phase']): void {
    if (phase === 'protocol_mismatch') return;
    undo.clear();
    tickets.clear();
    if (phase === 'locked' || phase === 'rotating') notifications.hide();
    else if (phase !== 'starting') notifications.clear();
    void backups.pause();
    imports.pause().catch((error: unknown) => log.warn({ error }, 'imports did not stop'));
    // Logs what it cannot do.
    void openedFiles.clear();
  }

  const me = () => life.ready()?.session.me.id ?? null;
  const book = createAuditBook({ cache: life.cache, me, log, now });
  const watch = createAuditWatch({ note: book.note, settings: settings.get, me });

  const tickets = createTickets();
  const imports = createImports({
    ready: () => context.ready(),
    publisher,
    changed: changes.publish,
    tidy: () => life.tidy(),
    audit: book.write,
    log,
    now,
  });

  const autoLock = createAutoLock({
    settings: settings.get,
    idleSeconds: shell.idleSeconds,
    isOpen: () => OPEN.includes(life.state().phase),
    lock: () => locking.ask('time'),
    now,
  });
  const locking = createLocking({
    state: life.state,
    publisher,
    async lock() {
      await Promise.all([imports.pause(), backups.pause()]);
      await context.flushAudit();
      await life.lock();
    },
    log,
    autoLock,
  });
  const backups = createBackups({
    ready: () => context.ready(),
    parts: parts.backup,
    cacheKey() {
      const key = keyRing.state();
      return key.at === 'unlocked' ? key.key : null;
    },
    userDataDir,
    workers: options.workers,
    write: parts.writeAtomically,
    version: options.version,
    pickFolder: shell.pickFolder ?? null,
    publisher,
    retention,
    onDisk: () => life.onDisk(),
    changed: changes.publish,
    audit: book.write,
    log,
    now,
  });

  const context: Context = {
    life,
    state: life.state,
    ready() {
      const ready = life.ready();
      if (ready === null) throw failure('not_ready', 'nobody is signed in');
      return ready;
    },
    cache() {
      const cache = life.cache();
      if (cache === null) throw failure('not_ready', 'the cache is not open');
      return cache;
    },
    connection: life.connection,
    countUnsent: changes.count,
    // Where no key is chosen nothing is left of what was counted last.
    lostOnQuit: () => (life.onDisk() || life.state().phase === 'key_choice' ? 0 : changes.unsent()),
    changed: changes.publish,
    settings,
    undo,
    lock: locking,
    lost,
    tickets,
    imports,
    retention,
    termination,
    storageTasks: createStorageTasks((task) => publisher.publish('storage.task', { task })),
    promises,
    followPromises: followProfile,
    backups,
    exporting: createExporting(publisher),
    audit: book.write,
    auditSoon: book.note,
    async flushAudit() {
      watch.settle();
      await book.flush();
    },
    slow,
    userDataDir,
    presence,
    attention,
    keyMode() {
      const key = keyRing.state();
      return key.at === 'unlocked' || key.at === 'wrapped' ? key.record.mode : null;
    },
    gatewayHttp: parts.gatewayHttp,
    openedFiles,
    shell,
    version: options.version,
    now,
  };

  const stopListening = shell.onPower((event) => {
    const sync = life.ready()?.sync;
    const { onSleep, onScreenLock } = settings.get().lock;
    if (event === 'suspend') {
      sync?.suspend();
      if (onSleep) locking.ask('sleep');
    } else if (event === 'resume') {
      // Nobody told of the sleep where only the waking is noticed.
      if (onSleep && shell.kind === 'loopback') locking.ask('sleep');
      else sync?.resume();
      autoLock.look();
      termination.look();
    } else {
      notifications.locked(event === 'lock');
      if (event === 'lock' && onScreenLock) locking.ask('screen');
    }
  });
  const call = createGate({ handlers, context, checkOutputs: options.checkOutputs, log });

  return {
    state: life.state,
    async start() {
      await Promise.all([
        settings.load(),
        retention.load(),
        promises.load(),
        termination.load(),
        openedFiles.clear(),
      ]);
      await life.start();
    },
    async call(name, input) {
      const before = watch.before();
      const result = await call(name, input);
      watch.after(name, input, result, before);
      navigation.answered(name);
      return result;
    },
    onEvent: publisher.listen,
    media: createMediaSource(life.ready, log),
    upload: createUploads(life.ready, log),
    importFile: createImportTarget(life.ready, imports, log),
    takeExport: (ticket) => (life.ready() === null ? null : tickets.take(ticket, now())),
    showConversation: navigation.show,
    doNotDisturb: notifications.doNotDisturb,
    lostOnQuit: context.lostOnQuit,
    words: () => wordsFor(settings.get().language, shell.locale()),
    async close() {
      stopListening();
      autoLock.stop();
      stopFollowing();
      await imports.pause();
      await retention.stop();
      await termination.stop();
      await backups.pause();
      watch.settle();
      await book.flush();
      await life.close();
      await openedFiles.clear();
    },
  };
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
