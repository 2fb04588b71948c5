import type { StatedText } from '../../../../shared/domain/policy.ts';
import type { RightsCounts, RightsReceipt } from '../../../../shared/domain/rights-receipt.ts';
import { count, fileSize } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { dayWords, momentWords } from '../place/days.ts';

const COUNTS = [
  'contacts',
  'conversations',
  'messages',
  'notes',
  'files',
  'outbox',
  'exports',
  'fields',
] as const satisfies ReadonlyArray<keyof RightsCounts>;

export interface ReceiptLine {
  readonly name: string;
  readonly value: string;
}

/** A receipt line by line, as it is shown, printed and saved. */
export function receiptLines(
  receipt: RightsReceipt,
  about: { readonly policyName: string; readonly by: string; readonly complaint: StatedText | null },
): ReceiptLine[] {
  const { counts, backups, scan, bundleSha256 } = receipt;
  const lines: ReceiptLine[] = [];
  const add = (name: string, value: string): void => void lines.push({ name, value });
  add(t('rights.receipt.number'), receipt.id);
  add(t('rights.receipt.right'), t(`rights.right.${receipt.kind}`));
  add(t('rights.receipt.at'), momentWords(receipt.at));
  add(t('rights.receipt.by'), about.by);
  add(
    t('rights.receipt.policy'),
    t('rights.promise.source', { name: about.policyName, version: receipt.policyVersion }),
  );
  add(t('rights.receipt.asked'), askedWords(receipt));
  for (const key of COUNTS) {
    if (counts[key] > 0) add(t(`rights.receipt.count.${key}`), count(counts[key]));
  }
  if (counts.bytes > 0) add(t('rights.receipt.count.bytes'), fileSize(counts.bytes));
  if (backups !== null) {
    const words = backups.stated
      ? t('rights.receipt.backupsUntil', { date: dayWords(backups.at), days: count(backups.days) })
      : t('rights.receipt.backupsNot');
    add(t('rights.receipt.backups'), backups.source === '' ? words : `${words} · ${backups.source}`);
  }
  if (scan !== null) {
    add(
      t('rights.receipt.scan'),
      t('rights.receipt.scanWords', {
        found: count(scan.found),
        files: count(scan.files),
        size: fileSize(scan.bytes),
      }),
    );
  }
  if (bundleSha256 !== null) add(t('rights.receipt.bundle'), bundleSha256);
  if (about.complaint?.value != null) add(t('rights.receipt.complaint'), about.complaint.value);
  return lines;
}

function askedWords({ asked }: RightsReceipt): string {
  if (asked.who === 'nobody' || asked.at === null) return t('rights.receipt.who.nobody');
  const words = t(`rights.receipt.who.${asked.who}`, { date: dayWords(asked.at) });
  return asked.answer === null || asked.answer === 'pending'
    ? words
    : `${words} · ${t(`rights.receipt.answer.${asked.answer}`)}`;
}
