/** Writes Opus packets into an Ogg file (RFC 3533 for pages, RFC 7845 for Opus in them). */

const VENDOR = 'Parley';
/** A page ends after about a second, as RFC 7845, section 6, recommends. In samples at 48 kHz. */
const PAGE_SAMPLES = 48_000;
const MAX_SEGMENTS = 255;
const BEGIN = 2;
const END = 4;

/** `samples`: what is heard, at 48 kHz, without the encoder's lead-in (pre-skip). */
export function oggOpus(
  head: Uint8Array,
  packets: readonly Uint8Array[],
): { bytes: Uint8Array<ArrayBuffer>; samples: number } {
  const serial = globalThis.crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
  const pages: Uint8Array[] = [page(serial, 0, BEGIN, 0, [head]), page(serial, 1, 0, 0, [opusTags()])];
  let granule = 0;
  let pageFrom = 0;
  let waiting: Uint8Array[] = [];
  let segments = 0;
  const flush = (flags: number): void => {
    pages.push(page(serial, pages.length, flags, granule, waiting));
    waiting = [];
    segments = 0;
    pageFrom = granule;
  };
  for (const packet of packets) {
    const needed = Math.floor(packet.length / 255) + 1;
    // No Opus packet is this long (RFC 6716, section 3.4: at most 61 KB); one that is would break every page after it.
    if (needed > MAX_SEGMENTS) continue;
    if (waiting.length > 0 && (segments + needed > MAX_SEGMENTS || granule - pageFrom >= PAGE_SAMPLES))
      flush(0);
    waiting.push(packet);
    segments += needed;
    granule += packetSamples(packet);
  }
  flush(END);
  const preSkip = (head[10] ?? 0) + (head[11] ?? 0) * 256;
  return { bytes: concat(pages), samples: Math.max(0, granule - preSkip) };
}

// Frame lengths at 48 kHz by configuration (RFC 6716, table 2).
const SILK = [480, 960, 1920, 2880];
const HYBRID = [480, 960];
const CELT = [120, 240, 480, 960];

/** How long a packet sounds, in samples at 48 kHz, from its first bytes (RFC 6716, section 3.1). */
export function packetSamples(packet: Uint8Array): number {
  const toc = packet[0] ?? 0;
  const config = toc >> 3;
  const frame = config < 12 ? SILK[config % 4] : config < 16 ? HYBRID[config % 2] : CELT[config % 4];
  const code = toc & 3;
  const count = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 0x3f : 2;
  return (frame ?? 0) * count;
}

function opusTags(): Uint8Array {
  const vendor = new TextEncoder().encode(VENDOR);
  const bytes = new Uint8Array(16 + vendor.length);
  bytes.set(new TextEncoder().encode('OpusTags'));
  new DataView(bytes.buffer).setUint32(8, vendor.length, true);
  bytes.set(vendor, 12);
  // The last four bytes stay 0: no comments.
  return bytes;
}

function page(
  serial: number,
  sequence: number,
  flags: number,
  granule: number,
  packets: readonly Uint8Array[],
): Uint8Array {
  const table = packets.flatMap((packet) => [
    ...Array.from({ length: Math.floor(packet.length / 255) }, () => 255),
    packet.length % 255,
  ]);
  const header = new Uint8Array(27 + table.length);
  const view = new DataView(header.buffer);
  header.set(new TextEncoder().encode('OggS'));
  view.setUint8(5, flags);
  view.setBigUint64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  view.setUint8(26, table.length);
  header.set(table, 27);
  const bytes = concat([header, ...packets]);
  new DataView(bytes.buffer).setUint32(22, oggCrc(bytes), true);
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value >>> 0;
});

/** The checksum of a page whose own checksum field is 0: polynomial 0x04c11db7, nothing reflected (RFC 3533, section 6). */
export function oggCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return crc;
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
