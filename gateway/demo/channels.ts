/** The three channels of the demo workspace. */
import type { Capabilities, Channel } from '../../shared/domain/channel.ts';

export type DemoChannelKey = 'sales' | 'showroom' | 'sms';

type DemoChannel = Omit<Channel, 'id' | 'rev'> & { provider: string; externalId: string };

const MB = 1024 * 1024;
const IMAGES = ['image/jpeg', 'image/png'];
const DOCUMENTS = [
  'application/pdf',
  'text/plain',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
];

/** Sizes and types: Meta, "Cloud API: supported media types". */
const OFFICIAL: Capabilities = {
  windowHours: 24,
  templates: true,
  qualityRating: true,
  reactions: true,
  quotes: true,
  readReceipts: true,
  textLimit: 4096,
  uploads: {
    image: { mimeTypes: IMAGES, maxBytes: 5 * MB },
    video: { mimeTypes: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MB },
    audio: {
      mimeTypes: ['audio/aac', 'audio/mp4', 'audio/mpeg', 'audio/amr', 'audio/ogg'],
      maxBytes: 16 * MB,
    },
    voice: { mimeTypes: ['audio/ogg'], maxBytes: 16 * MB },
    document: { mimeTypes: DOCUMENTS, maxBytes: 100 * MB },
    sticker: { mimeTypes: ['image/webp'], maxBytes: 500 * 1024 },
  },
};

/** A personal number connected past the official API: no window, no templates, no rating, and the five kinds that it promises. */
const UNOFFICIAL: Capabilities = {
  ...OFFICIAL,
  windowHours: null,
  templates: false,
  qualityRating: false,
  uploads: {
    image: { mimeTypes: IMAGES, maxBytes: 16 * MB },
    video: { mimeTypes: ['video/mp4'], maxBytes: 16 * MB },
    audio: { mimeTypes: ['audio/ogg', 'audio/mpeg', 'audio/mp4'], maxBytes: 16 * MB },
    document: { mimeTypes: DOCUMENTS, maxBytes: 64 * MB },
  },
};

const TEXT_ONLY: Capabilities = {
  windowHours: null,
  templates: false,
  qualityRating: false,
  reactions: false,
  quotes: false,
  readReceipts: false,
  // Ten parts of 153 characters.
  textLimit: 1530,
  uploads: {},
};

const WELL = { state: 'connected', quality: 'unknown', messagingLimit: null, detail: null } as const;

export const DEMO_CHANNELS: Record<DemoChannelKey, DemoChannel> = {
  sales: {
    kind: 'whatsapp',
    name: 'Sales',
    address: '+972 12-345-6789',
    official: true,
    capabilities: OFFICIAL,
    health: { ...WELL, quality: 'green', messagingLimit: 'TIER_10K', source: 'Meta' },
    provider: 'whatsapp-cloud',
    // The phone_number_id of Meta's example payloads, so that they arrive here.
    externalId: '1122334455667',
    firstReplyMinutes: 15,
  },
  showroom: {
    kind: 'whatsapp',
    name: 'Showroom',
    address: '+49 1512 5550143',
    official: false,
    capabilities: UNOFFICIAL,
    health: { ...WELL, source: 'Gateway' },
    provider: 'simulator',
    externalId: 'showroom',
    firstReplyMinutes: 30,
  },
  sms: {
    kind: 'sms',
    name: 'Alerts SMS',
    address: '+44 7700 900461',
    official: true,
    capabilities: TEXT_ONLY,
    health: { ...WELL, source: 'Gateway' },
    provider: 'simulator',
    externalId: 'alerts-sms',
    firstReplyMinutes: 60,
  },
};
