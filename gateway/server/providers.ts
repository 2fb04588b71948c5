/** The providers that this gateway comes with, and who carries what. */
import { demoCast, demoChannelIds } from '../demo/cast.ts';
import { DEMO_SEED } from '../demo/seed.ts';
import { createLoopback } from '../providers/loopback.ts';
import type { Provider } from '../providers/provider.ts';
import { createSimulator } from '../providers/simulator/simulator.ts';
import type { Simulator } from '../providers/simulator/simulator.ts';
import { createWhatsAppCloud } from '../providers/whatsapp-cloud/provider.ts';
import { DEFAULT_GRAPH_URL } from './provider-host.ts';
import type { ProviderContext, ProviderFactory } from './provider-host.ts';

/** One simulator for each gateway, however many channels it plays the customers of. */
const simulators = new WeakMap<ProviderContext, Simulator>();

function simulatorOf(context: ProviderContext): Simulator {
  const known = simulators.get(context);
  if (known !== undefined) return known;
  const { store } = context;
  const channelIds = demoChannelIds(store);
  const simulator = createSimulator(
    {
      cast: channelIds === null ? [] : demoCast(DEMO_SEED, channelIds),
      ingest: context.ingest,
      typing({ channelId, identity, typing }) {
        const ws = store.channels.get(channelId)?.ws;
        const contact =
          ws === undefined ? null : store.contacts.find(ws, identity.channelKind, identity.externalId);
        const conversation = contact === null ? null : store.conversations.find(contact.id, channelId);
        if (conversation !== null) context.contactTyping(conversation.id, typing);
      },
    },
    { seed: DEMO_SEED, lively: context.simulate },
  );
  simulators.set(context, simulator);
  return simulator;
}

const simulated: ProviderFactory = (context) => {
  const provider = simulatorOf(context);
  return { provider, start: () => provider.start() };
};

/**
 * WhatsApp's webhooks always arrive here. What is sent goes to the Graph API where the channel has an access token or the gateway
 * was given an address of its own for it; elsewhere (the demo), and whenever customers are simulated, to the simulator.
 */
const whatsappCloud: ProviderFactory = (context) => {
  const { store, logger } = context;
  const numbers = () => store.channels.ofProvider('whatsapp-cloud');
  const tokenOf = (channelId: string): string | null => {
    const token = store.channels.get(channelId)?.config['accessToken'];
    return typeof token === 'string' ? token : null;
  };
  const cloud = createWhatsAppCloud(
    {
      routing: {
        channelOfNumber: (number) => store.channels.find('whatsapp-cloud', number)?.channel.id ?? null,
        channelsOfAccount: (account) =>
          numbers()
            .filter(({ config }) => config['accountId'] === undefined || config['accountId'] === account)
            .map(({ channel }) => channel.id),
        numberOfChannel: (channelId) => store.channels.get(channelId)?.externalId ?? null,
      },
      ingest: context.ingest,
      report(report, raw) {
        logger.warn(report, 'webhook');
        const unrouted = report.kind === 'unrouted_number' || report.kind === 'unrouted_account';
        if (unrouted && raw !== null) store.raw.keepUnrouted(raw, report.detail);
      },
      file: context.file,
      accessToken: (channelId) => tokenOf(channelId) ?? '',
    },
    {
      graphBaseUrl: context.graphBaseUrl,
      appSecret: context.webhookSecret,
      verifyToken: context.verifyToken,
      graph: { now: context.now },
    },
  );
  const carrier = (channelId: string): Provider => {
    const real = tokenOf(channelId) !== null || context.graphBaseUrl !== DEFAULT_GRAPH_URL;
    return real && !context.simulate ? cloud : simulatorOf(context);
  };
  const provider: Provider = {
    name: 'whatsapp-cloud',
    send: (order) => carrier(order.channel.id).send(order),
    react: (order) => carrier(order.channel.id).react(order),
    markRead: (order) => carrier(order.channel.id).markRead(order),
    async media(order) {
      // A simulated file is told by its id, whoever carries the channel now.
      return (await simulatorOf(context).media(order)) ?? carrier(order.channel.id).media(order);
    },
    close: () => cloud.close(),
  };
  return { provider, registerRoutes: (app) => cloud.registerRoutes(app) };
};

export const providerFactories: readonly ProviderFactory[] = [
  (context) => ({ provider: createLoopback(context.now) }),
  simulated,
  whatsappCloud,
];
