/** How providers are plugged into the gateway: a factory gets what the gateway offers, and gives back a module. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Ingest, Provider } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';

/** Meta's Graph API with its version, unless the gateway is told otherwise. */
export const DEFAULT_GRAPH_URL = 'https://graph.facebook.com/v24.0';

export type ProviderContext = {
  store: Store;
  /** Keeps the payload and applies the facts in one transaction; everybody who may see it is told. */
  ingest: Ingest;
  logger: Logger;
  now(): number;
  /** The bytes of a file by our media id, for sending it on; null when there is no such file. */
  file(mediaId: string): Promise<{ bytes: Uint8Array; mimeType: string; fileName: string | null } | null>;
  /** Says that the contact of a conversation is typing or has stopped. Void after ten seconds. */
  contactTyping(conversationId: string, typing: boolean): void;
  graphBaseUrl: string;
  webhookSecret: string;
  verifyToken: string;
  /** Whether simulated customers should be alive. */
  simulate: boolean;
};

export type ProviderModule = {
  provider: Provider;
  /** Called before the server listens. A webhook that needs the raw bytes brings its own parser, in a scope of its own. */
  registerRoutes?(app: FastifyInstance): void;
  /** Called once the server listens. Ends with `provider.close()`. */
  start?(): void;
};

export type ProviderFactory = (context: ProviderContext) => ProviderModule;
