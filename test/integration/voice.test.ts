/** The recorder in a real Chromium with its fake microphone: what it makes must be Ogg/Opus that Chromium itself can play. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as voiceModule from '../../renderer/lib/voice/recorder.ts';
import { lookForChromium } from '../../build/setup/chromium.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const found = lookForChromium();
const missing = 'whyNot' in found;
if (missing) console.info(`voice: skipped, ${found.whyNot}`);

type Voice = typeof voiceModule;
const ORIGIN = 'https://voice.test';
// The test runner rewrites import() in the functions below, so the page imports by itself.
const HTML = `<!doctype html><script type="module">
  import * as voice from '/renderer/lib/voice/recorder.ts';
  globalThis.voice = voice;
</script>`;

describe.skipIf(missing)('voice messages', () => {
  let browser: Browser;

  beforeAll(async () => {
    const args = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    if (process.getuid?.() === 0) args.push('--no-sandbox');
    browser = await chromium.launch({ ...('path' in found && { executablePath: found.path }), args });
  });

  afterAll(async () => {
    await browser.close();
  });

  /** An empty page in a secure context that can import the page's modules as they are, types stripped. */
  async function openPage(): Promise<Page> {
    const page = await browser.newPage();
    await page.route(`${ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (!pathname.endsWith('.ts')) return route.fulfill({ contentType: 'text/html', body: HTML });
      const source = readFileSync(path.join(root, pathname), 'utf8');
      return route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) });
    });
    await page.goto(`${ORIGIN}/`);
    return page;
  }

  test('three seconds become Ogg/Opus of three seconds', async () => {
    const page = await openPage();
    const result = await page.evaluate(async () => {
      const { voice } = globalThis as unknown as { voice: Voice };
      const levels: number[] = [];
      const recording = await voice.startRecording({
        maxMs: 60_000,
        onLevel: (level, elapsedMs) => {
          levels.push(level);
          if (elapsedMs >= 3_000) recording.stop();
        },
      });
      const made = await recording.finished;
      if (made === null) throw new Error('nothing recorded');
      const context = new OfflineAudioContext(1, 48_000, 48_000);
      const sound = await context.decodeAudioData(made.bytes.slice().buffer);
      const loudest = sound.getChannelData(0).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
      const magic = new TextDecoder().decode(made.bytes.subarray(0, 4));
      const { durationMs, mimeType, waveform } = made;
      return {
        durationMs,
        mimeType,
        waveform,
        magic,
        loudest,
        decodedMs: sound.duration * 1_000,
        levels: levels.length,
      };
    });
    expect(result).toMatchObject({ magic: 'OggS', mimeType: 'audio/ogg; codecs=opus' });
    expect(Math.abs(result.decodedMs - result.durationMs)).toBeLessThan(result.durationMs * 0.05);
    expect(result.durationMs).toBeGreaterThan(2_700);
    expect(result.loudest).toBeGreaterThan(0.01);
    expect(result.waveform).toHaveLength(64);
    expect(Math.max(...result.waveform)).toBeGreaterThan(0);
    expect(result.levels).toBeGreaterThan(10);
    await page.close();
  });

  test('it stops at the limit, and cancelling leaves nothing', async () => {
    const page = await openPage();
    const result = await page.evaluate(async () => {
      const { voice } = globalThis as unknown as { voice: Voice };
      const limited = await (await voice.startRecording({ maxMs: 2_000 })).finished;
      const canceled = await voice.startRecording({ maxMs: 5_000 });
      canceled.cancel();
      return { limited: limited?.durationMs ?? 0, canceled: await canceled.finished };
    });
    expect(result.limited).toBeGreaterThan(300);
    expect(result.limited).toBeLessThan(5_000);
    expect(result.canceled).toBeNull();
    await page.close();
  });

  test.each([
    ['NotAllowedError', 'no_permission'],
    ['NotFoundError', 'no_microphone'],
    ['NotReadableError', 'no_microphone'],
    ['AbortError', 'failed'],
  ])('%s of the browser is %s', async (name, kind) => {
    const page = await openPage();
    const got = await page.evaluate(async (refusal) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', refusal));
      const { voice } = globalThis as unknown as { voice: Voice };
      return voice.startRecording({ maxMs: 1_000 }).then(
        () => 'recording',
        (error: unknown) => (error instanceof voice.RecordError ? error.kind : 'other'),
      );
    }, name);
    expect(got).toBe(kind);
    await page.close();
  });

  test('a browser that cannot record says so', async () => {
    const page = await openPage();
    const got = await page.evaluate(async () => {
      MediaRecorder.isTypeSupported = () => false;
      const { voice } = globalThis as unknown as { voice: Voice };
      return voice
        .startRecording({ maxMs: 1_000 })
        .catch((error: unknown) => (error instanceof voice.RecordError ? error.kind : 'other'));
    });
    expect(got).toBe('unsupported');
    await page.close();
  });
});
