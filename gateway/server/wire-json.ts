/**
 * A Socket.IO parser that can send JSON which is already text. Pages and batches are put together from stored JSON; parsing it only
 * to write it again would cost more than all the rest. On the wire nothing is different.
 */
import { Decoder, Encoder as PlainEncoder, PacketType } from 'socket.io-parser';

/** JSON text that goes onto the wire as it is. Only as a direct argument of an event or an ack. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What Socket.IO hands to an encoder. */
type Packet = Parameters<PlainEncoder['encode']>[0];

class Encoder extends PlainEncoder {
  override encode(packet: Packet): ReturnType<PlainEncoder['encode']> {
    const data: unknown = packet.data;
    const plain = packet.type === PacketType.EVENT || packet.type === PacketType.ACK;
    if (!plain || !Array.isArray(data) || !data.some((item) => item instanceof RawJson))
      return super.encode(packet);
    const namespace = packet.nsp === '/' || packet.nsp === undefined ? '' : `${packet.nsp},`;
    const parts = data.map((item: unknown) => (item instanceof RawJson ? item.text : JSON.stringify(item)));
    return [`${packet.type}${namespace}${packet.id ?? ''}[${parts.join(',')}]`];
  }
}

export const wireParser = { Encoder, Decoder };
