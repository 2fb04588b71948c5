/** Puts the gateway together: store, HTTP, sockets, delivery, providers. In-process for tests and benchmarks, or from the CLI. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Logger } from 'pino';
import type { ReadyProfileKey } from '../../shared/policies/ready.ts';
import type { Provider } from '../providers/provider.ts';
import { DEFAULT_COST } from '../store/passwords.ts';
import type { PasswordCost } from '../store/passwords.ts';
import { DEFAULT_LIFE } from '../store/sessions.ts';
import type { TokenLife } from '../store/sessions.ts';
import { openStore } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { registerAuth } from './auth-routes.ts';
import type { ServerContext, SessionEnd } from './context.ts';
import { registerDevices } from './device-routes.ts';
import { createDelivery } from './delivery.ts';
import { createHttp } from './http.ts';
import { createMediaFiles } from './media-files.ts';
import { registerMedia } from './media-routes.ts';
import { DEFAULT_GRAPH_URL } from './provider-host.ts';
import type { ProviderContext, ProviderFactory } from './provider-host.ts';
import { providerFactories } from './providers.ts';
import { seedDemo, adoptPolicy } from './seeding.ts';
import type { DemoSignIn } from './seeding.ts';
import { createScrub } from './scrub.ts';
import { createSnooze } from './snooze.ts';
import { createSocketServer } from './socket-server.ts';
import { createUploads } from './uploads.ts';

export type GatewayOptions = {
  /** Where the database and the files lie; made when missing. */
  dataDir: string;
  host?: string;
  /** 0 (the default): any free port. */
  port?: number;
  /** `demo` fills an empty store with the demo workspace. */
  seed?: 'demo' | 'empty';
  /** The ready profile whose promises the gateway makes; left out: as the store has it. */
  policy?: ReadyProfileKey;
  /** With the version, without a slash at the end. */
  graphBaseUrl?: string;
  /** The app secret that signs webhooks; made up when missing. */
  webhookSecret?: string;
  verifyToken?: string;
  simulate?: boolean;
  logger?: Logger;
  /** For tests: the clock, cheaper passwords, other lives of tokens, other providers. */
  now?: () => number;
  passwordCost?: PasswordCost;
  tokenLife?: TokenLife;
  providers?: readonly ProviderFactory[];
};

export type Gateway = {
  url: string;
  webhookUrl: string;
  webhookSecret: string;
  verifyToken: string;
  /** The e-mail address and password to sign in to the demo workspace with; null when there is none. */
  demo: DemoSignIn | null;
  store: Store;
  /** Ends the sessions of a user whom `store.people` has just disabled, or of a device. */
  endUser(userId: string, kind: SessionEnd): void;
  /** Says that the contact of a conversation is typing or has stopped. */
  contactTyping(conversationId: string, typing: boolean): void;
  close(): Promise<void>;
};

/** Opens the store and listens. Resolves when requests are answered. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const logger = options.logger ?? pino({ level: 'silent' });
  const store = openStore(options.dataDir);
  try {
    return await listen(options, store, logger);
  } catch (error) {
    store.close();
    throw error;
  }
}

async function listen(options: GatewayOptions, store: Store, logger: Logger): Promise<Gateway> {
  const context: ServerContext = {
    store,
    logger,
    now: options.now ?? Date.now,
    tokenLife: options.tokenLife ?? DEFAULT_LIFE,
    passwordCost: options.passwordCost ?? DEFAULT_COST,
    dataDir: options.dataDir,
  };
  const webhookSecret = options.webhookSecret ?? randomBytes(24).toString('hex');
  const verifyToken = options.verifyToken ?? randomBytes(12).toString('hex');
  const demo = options.seed === 'demo' ? await seedDemo(context) : null;
  if (options.policy !== undefined) adoptPolicy(context, options.policy);

  const app = createHttp(context);
  const files = createMediaFiles(options.dataDir);
  const sockets = createSocketServer(context, app.server);
  const providers = new Map<string, Provider>();
  const providerContext: ProviderContext = {
    store,
    ingest: (facts, raw) => store.ingest(facts, raw),
    logger,
    now: context.now,
    async file(mediaId) {
      const row = store.media.get(mediaId);
      if (row === null || !row.stored) return null;
      return { bytes: await files.read(mediaId), mimeType: row.mimeType, fileName: row.fileName };
    },
    contactTyping: (conversationId, typing) => sockets.ephemeral.contactTyping(conversationId, typing),
    graphBaseUrl: options.graphBaseUrl ?? DEFAULT_GRAPH_URL,
    webhookSecret,
    verifyToken,
    simulate: options.simulate ?? false,
  };
  const modules = (options.providers ?? providerFactories).map((factory) => factory(providerContext));
  for (const module of modules) {
    providers.set(module.provider.name, module.provider);
    module.registerRoutes?.(app);
  }
  registerAuth(app, context, sockets.endDevice);
  registerDevices(app, context, sockets.endDevice);
  const uploads = createUploads(context, files);
  registerMedia(app, context, files, uploads, providers);
  const delivery = createDelivery(context, providers);
  const snooze = createSnooze(context);
  const scrub = createScrub(context, files);

  await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${options.host ?? '127.0.0.1'}:${port}`;
  delivery.start();
  snooze.start();
  scrub.start();
  uploads.start();
  for (const module of modules) module.start?.();
  logger.info({ port }, 'gateway ready');

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    snooze.close();
    await delivery.close();
    await Promise.all([...providers.values()].map((provider) => provider.close()));
    // Closes the sockets and the HTTP server below them.
    await sockets.close();
    await app.close();
    await uploads.close();
    await scrub.close();
    store.close();
  }

  return {
    url,
    webhookUrl: `${url}/v1/webhooks/whatsapp`,
    webhookSecret,
    verifyToken,
    demo,
    store,
    endUser: sockets.endUser,
    contactTyping: sockets.ephemeral.contactTyping,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
