import type { UploadKind } from '../../../../shared/domain/channel.ts';
import type { UploadAdvice } from '../../../../shared/domain/upload-check.ts';
import { fileSize } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { Refusal } from './uploads.ts';

export function uploadKindWord(kind: UploadKind): string {
  return t(`writing.attach.kind.${kind}`);
}

/** Which rule of the channel a file breaks. */
export function refusalWords(refusal: Refusal, { size, name }: { size: number; name: string }): string {
  const kind = uploadKindWord(refusal.kind);
  switch (refusal.rule) {
    case 'empty':
      return t('writing.attach.rule.empty');
    case 'kind':
      return t('writing.attach.rule.kind', { kind });
    case 'type':
      return t('writing.attach.rule.type', {
        kind,
        type: /\.([a-z0-9]{1,5})$/iu.exec(name)?.[1]?.toUpperCase() ?? typeWord(refusal.mimeType),
        allowed: typeList(refusal.allowed),
      });
    case 'size':
      return t('writing.attach.rule.size', {
        kind,
        size: fileSize(size),
        limit: fileSize(refusal.maxBytes ?? 0),
      });
  }
}

/** What would work, where it is not a button. */
export function adviceWords(advice: Exclude<UploadAdvice, { type: 'send_as' }>): string {
  switch (advice.type) {
    case 'convert':
      // What the channel takes has been said with the rule.
      return t('writing.attach.instead.convert');
    case 'shrink':
      return t('writing.attach.instead.shrink', { limit: fileSize(advice.maxBytes) });
    case 'record':
      return t('writing.attach.instead.record');
  }
}

/** "image/jpeg" as people know it. */
function typeWord(mimeType: string): string {
  const [, subtype] = (mimeType.split(';')[0] ?? '').split('/');
  if (subtype === undefined || subtype === '') return '?';
  return (SHORT[subtype] ?? subtype).toUpperCase();
}

const SHORT: Readonly<Record<string, string>> = {
  'vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'vnd.ms-excel': 'xls',
  'vnd.ms-powerpoint': 'ppt',
  msword: 'doc',
  quicktime: 'mov',
  plain: 'txt',
  mpeg: 'mp3',
};

function typeList(mimeTypes: ReadonlyArray<string>): string {
  return [...new Set(mimeTypes.map(typeWord))].join(', ');
}
