/** Reads the Opus track of a WebM file: its head and its packets in order (RFC 8794 for EBML, RFC 9559 for Matroska). */

export type WebmOpus = {
  /** The "OpusHead" of RFC 7845, section 5.1. */
  head: Uint8Array;
  packets: Uint8Array[];
};

const EBML = 0x1a45dfa3;
const TRACK_ENTRY = 0xae;
const TRACK_NUMBER = 0xd7;
const CODEC_ID = 0x86;
const CODEC_PRIVATE = 0x63a2;
const SIMPLE_BLOCK = 0xa3;
const BLOCK = 0xa1;
/** Segment, Tracks, TrackEntry, Cluster, BlockGroup: their children are read as if they stood side by side, whatever their size. */
const CONTAINERS = new Set([0x18538067, 0x1654ae6b, TRACK_ENTRY, 0x1f43b675, 0xa0]);

type Track = { number: number; codec: string; head: Uint8Array | null };

export function readWebmOpus(bytes: Uint8Array): WebmOpus | 'not_webm' | 'not_opus' {
  const tracks: Track[] = [];
  const blocks: Uint8Array[] = [];
  let first = true;
  for (const { id, data } of elements(bytes)) {
    if (first && id !== EBML) return 'not_webm';
    first = false;
    if (id === TRACK_ENTRY) tracks.push({ number: 0, codec: '', head: null });
    else if (id === SIMPLE_BLOCK || id === BLOCK) blocks.push(data);
    else describe(tracks.at(-1), id, data);
  }
  if (first) return 'not_webm';
  const track = tracks.find((it) => it.codec === 'A_OPUS');
  if (track?.head == null || !isOpusHead(track.head)) return 'not_opus';
  const packets = blocks.flatMap((block) => packetOf(block, track.number) ?? []);
  return { head: track.head, packets };
}

function describe(track: Track | undefined, id: number, data: Uint8Array): void {
  if (track === undefined) return;
  if (id === TRACK_NUMBER) track.number = data.reduce((sum, byte) => sum * 256 + byte, 0);
  else if (id === CODEC_ID) track.codec = new TextDecoder().decode(data).replaceAll('\0', '');
  else if (id === CODEC_PRIVATE) track.head = data;
}

/** Every element in order; a container gives its children after itself. Ends where the bytes end or make no sense. */
function* elements(bytes: Uint8Array): Generator<{ id: number; data: Uint8Array }> {
  let at = 0;
  while (at < bytes.length) {
    const id = readVint(bytes, at, true);
    const size = id === null ? null : readVint(bytes, at + id.length, false);
    if (id === null || size === null) return;
    const from = at + id.length + size.length;
    if (CONTAINERS.has(id.value)) {
      yield { id: id.value, data: bytes.subarray(from, from) };
      at = from;
      continue;
    }
    if (size.value === null || from + size.value > bytes.length) return;
    yield { id: id.value, data: bytes.subarray(from, from + size.value) };
    at = from + size.value;
  }
}

type Vint<Value> = { value: Value; length: number };

function readVint(bytes: Uint8Array, at: number, keepMarker: true): Vint<number> | null;
function readVint(bytes: Uint8Array, at: number, keepMarker: false): Vint<number | null> | null;
/** A number of variable length. An id keeps its marker bit; a size of all ones (value null) is unknown. */
function readVint(bytes: Uint8Array, at: number, keepMarker: boolean): Vint<number | null> | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  const marker = 0x80 >> (length - 1);
  let value = keepMarker ? first : first & (marker - 1);
  let unknown = (first & (marker - 1)) === marker - 1;
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value = value * 256 + byte;
    unknown &&= byte === 0xff;
  }
  return { value: unknown && !keepMarker ? null : value, length };
}

function isOpusHead(head: Uint8Array): boolean {
  return head.length >= 19 && new TextDecoder().decode(head.subarray(0, 8)) === 'OpusHead';
}

/** The packet in a block of the track, or null: another track, or laced, which recorders of sound do not write for Opus. */
function packetOf(block: Uint8Array, track: number): Uint8Array | null {
  const number = readVint(block, 0, false);
  if (number === null || number.value !== track) return null;
  // After the track's number: two bytes of time, one of flags.
  const flags = block[number.length + 2] ?? 0;
  const packet = block.subarray(number.length + 3);
  return (flags & 0x06) !== 0 || packet.length === 0 ? null : packet;
}
