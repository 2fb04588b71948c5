/** A voice message without a voice: syllables of a gliding tone, as a WAV file (RIFF, PCM, 8 bits, mono). */
import { Buffer } from 'node:buffer';
import { randomOf } from '../random.ts';

const RATE = 8000;

export type Voice = { bytes: Buffer; durationMs: number; waveform: number[] };

/** Equal numbers give equal bytes; between 3 and 9 seconds long. */
export function speak(number: number): Voice {
  const random = randomOf(number, 'voice');
  const samples = RATE * random.int(3, 9);
  const loudness = syllables(samples, random);
  const pitch = random.int(105, 210);
  const data = Buffer.alloc(samples);
  let phase = 0;
  for (let i = 0; i < samples; i += 1) {
    const glide = 1 + 0.12 * Math.sin((i / RATE) * 3.1) + 0.05 * Math.sin((i / RATE) * 11);
    phase += (2 * Math.PI * pitch * glide) / RATE;
    const tone = Math.sin(phase) * 0.6 + Math.sin(phase * 2.01) * 0.25 + Math.sin(phase * 3.02) * 0.15;
    data[i] = 128 + Math.round(tone * 90 * (loudness[i] ?? 0));
  }
  return {
    bytes: wavOf(data),
    durationMs: Math.round((samples / RATE) * 1000),
    waveform: waveformOf(loudness),
  };
}

/** Loudness from 0 to 1 per sample: bursts of 120 to 280 ms with short rests, and now and then a breath. */
function syllables(samples: number, random: ReturnType<typeof randomOf>): Float32Array {
  const loudness = new Float32Array(samples);
  let at = 0;
  while (at < samples) {
    const length = Math.min(random.int(960, 2240), samples - at);
    const peak = 0.35 + random.next() * 0.65;
    for (let i = 0; i < length; i += 1) loudness[at + i] = peak * Math.sin((Math.PI * i) / length);
    at += length + (random.chance(0.15) ? random.int(2400, 4800) : random.int(160, 640));
  }
  return loudness;
}

function waveformOf(loudness: Float32Array): number[] {
  const step = loudness.length / 64;
  return Array.from({ length: 64 }, (_, index) => {
    const part = loudness.subarray(Math.floor(index * step), Math.floor((index + 1) * step));
    return Math.round(Math.max(...part) * 100);
  });
}

function wavOf(data: Buffer): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
