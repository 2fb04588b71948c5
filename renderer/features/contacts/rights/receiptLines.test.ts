import { expect, test } from 'vitest';
import { RightsReceipt } from '../../../../shared/domain/rights-receipt.ts';
import { receiptLines } from './receiptLines.ts';

const about = { policyName: 'A gateway', by: 'Ada', complaint: null };

function receipt(change: Partial<RightsReceipt>): RightsReceipt {
  return RightsReceipt.parse({
    id: '01900000-0000-7000-8000-000000000001',
    requestId: '01900000-0000-7000-8000-000000000002',
    kind: 'erase',
    contactId: '01900000-0000-7000-8000-000000000003',
    policyId: 'onemsg',
    policyVersion: 2,
    at: new Date(2026, 2, 3, 12).getTime(),
    by: '01900000-0000-7000-8000-000000000004',
    counts: { contacts: 1, messages: 1204 },
    asked: { who: 'gateway', at: new Date(2026, 2, 3).getTime(), answer: 'pending' },
    backups: { stated: true, at: new Date(2026, 4, 2).getTime(), days: 60, source: 'Backups: ≤ 60 d' },
    bundleSha256: null,
    scan: { files: 12, bytes: 4000, found: 0 },
    ...change,
  });
}

test('an erasure says what went, how long backups hold it, and what the scan found', () => {
  const lines = new Map(receiptLines(receipt({}), about).map(({ name, value }) => [name, value]));
  expect(lines.get('Messages')).toBe('1,204');
  expect(lines.get('Backups of the gateway')).toContain('60 days');
  expect(lines.get('Backups of the gateway')).toContain('Backups: ≤ 60 d');
  expect(lines.get('Scan of the raw files')).toContain('0 traces in 12 files');
  expect(lines.has('Bundle (SHA-256)')).toBe(false);
});

test('what is not stated is said so, and who asked nobody too', () => {
  const lines = receiptLines(
    receipt({
      backups: { stated: false, source: '' },
      asked: { who: 'nobody', at: null, answer: null },
      scan: null,
    }),
    about,
  );
  expect(lines.find(({ name }) => name === 'Backups of the gateway')?.value).toBe('no time is stated');
  expect(lines.find(({ name }) => name === 'Asked')?.value).toContain('local measures only');
});
