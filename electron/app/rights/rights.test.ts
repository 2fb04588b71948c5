import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openRequest } from '../../../shared/domain/rights-desk.ts';
import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import { UNNAMED } from '../../../shared/policies/unnamed.ts';
import { createTickets } from '../exports/tickets.ts';
import { escapeHtml } from './bundle-page.ts';
import { digestOf, noteOf, numbersOf } from './done-notes.ts';
import { withSteps } from './own-steps.ts';
import { receiptOf } from './receipt.ts';
import { scanForTraces } from '../raw-scan.ts';

const profile: PolicyProfile = { ...UNNAMED, version: 3, rev: 1, effectiveAt: 0 };
const request = (kind: 'erase' | 'access') =>
  openRequest(
    {
      id: 'r1',
      kind,
      contactId: 'c1',
      way: 'mail',
      eu: false,
      receivedAt: 1,
      recordedAt: 2,
      recordedBy: 'me',
      timeZone: 'UTC',
    },
    profile,
  );

test('a trace is found in UTF-8 and UTF-16, also across two pieces of a file, and nothing else is', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-scan-'));
  try {
    const noise = Buffer.alloc(200_000, 7);
    const across = Buffer.concat([noise.subarray(0, 65_530), Buffer.from('Ana Souza'), noise]);
    await writeFile(path.join(folder, 'a'), across);
    await writeFile(path.join(folder, 'b'), Buffer.from('x+5511987654321', 'utf16le'));
    await writeFile(path.join(folder, 'c'), noise);
    const scan = await scanForTraces(folder, ['Ana Souza', '+5511987654321', 'somebody else']);
    expect(scan).toEqual({ files: 3, bytes: across.length + 30 + noise.length, found: 2 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the receipt is written out of what the steps have noted', () => {
  const sha = 'ab'.repeat(32);
  const note = noteOf({ contacts: 1, messages: 12, files: 0, bytes: 99 }, sha);
  const done = withSteps(request('access'), ['build_bundle'], 5, 'me', note);
  expect(digestOf(done, 'build_bundle')).toBe(sha);
  expect(Object.fromEntries(numbersOf(done, 'build_bundle'))).toEqual({
    contacts: 1,
    messages: 12,
    bytes: 99,
  });
  const receipt = receiptOf(done, profile, { at: 9, by: 'me', timeZone: 'UTC' });
  expect(receipt).toMatchObject({ bundleSha256: sha, scan: null, backups: null });
  expect(receipt.counts).toMatchObject({ messages: 12, bytes: 99, files: 0 });
});

test('the receipt of an erasure says what the scan found and how long backups may hold it', () => {
  const erased = withSteps(request('erase'), ['erase_local'], 7, 'me', noteOf({ messages: 3 }));
  const seen = withSteps(erased, ['verify_erased'], 8, 'me', noteOf({ files: 4, bytes: 1000, found: 0 }));
  const receipt = receiptOf(seen, profile, { at: 9, by: 'me', timeZone: 'UTC' });
  expect(receipt.scan).toEqual({ files: 4, bytes: 1000, found: 0 });
  expect(receipt.counts.messages).toBe(3);
  expect(receipt.backups?.stated).toBe(profile.backupDays.value !== null);
});

test('a ticket is good once, and not for ever', () => {
  const tickets = createTickets();
  const offer = { fileName: 'a.csv', mimeType: 'text/csv', bytes: () => (async function* () {})() };
  const ticket = tickets.issue(offer, 0);
  expect(tickets.take(ticket, 1)).toBe(offer);
  expect(tickets.take(ticket, 1)).toBeNull();
  expect(tickets.take(tickets.issue(offer, 0), 3_600_000)).toBeNull();
  const other = tickets.issue(offer, 0);
  tickets.clear();
  expect(tickets.take(other, 1)).toBeNull();
});

test('markup of a customer is text on the readable page', () => {
  expect(escapeHtml(`<img src=x onerror="a('b')">&`)).toBe(
    '&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;',
  );
});
