import { PacketType } from 'socket.io-parser';
import { expect, test } from 'vitest';
import { RawJson, wireParser } from './wire-json.ts';

function overTheWire(data: unknown[], type: PacketType.EVENT | PacketType.ACK, nsp = '/', id?: number) {
  const encoded = new wireParser.Encoder().encode({ type, nsp, data, ...(id === undefined ? {} : { id }) });
  expect(encoded).toHaveLength(1);
  const decoder = new wireParser.Decoder();
  let result: unknown;
  decoder.on('decoded', (packet: unknown) => {
    result = packet;
  });
  decoder.add(encoded[0]);
  return result;
}

test('JSON text arrives as the plain parser would have sent the object', () => {
  const value = { words: 'lone \uD800, nul \u0000, \u2028, "quotes"', list: [1, null, { deep: true }] };
  const raw = new RawJson(JSON.stringify(value));
  expect(overTheWire(['batch', raw], PacketType.EVENT, '/', 7)).toEqual({
    type: PacketType.EVENT,
    nsp: '/',
    id: 7,
    data: ['batch', value],
  });
  expect(overTheWire([raw], PacketType.ACK, '/', 12)).toMatchObject({ id: 12, data: [value] });
  expect(overTheWire([raw], PacketType.ACK, '/other', 3)).toMatchObject({
    nsp: '/other',
    id: 3,
    data: [value],
  });
});

test('everything else goes the usual way', () => {
  expect(overTheWire(['hello', { protocol: 1 }], PacketType.EVENT)).toMatchObject({
    data: ['hello', { protocol: 1 }],
  });
});
