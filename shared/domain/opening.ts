/**
 * Whether a file that a customer sent may be given to the program that the system has for it. A list of what may, not of what may not:
 * systems run far more kinds of file than anybody can list.
 */

/** `plain`: open it. `careful`: its kind can carry programs (macros) of its own. `never`: it may only be saved. */
export type Opening = 'plain' | 'careful' | 'never';

/** What shows, and runs nothing. A reader with a hole in it is the system's to mend. */
const PLAIN = new Set(
  'pdf txt text log md csv tsv json ics vcf docx xlsx pptx jpg jpeg png gif webp heic heif avif bmp tif tiff mp3 m4a aac amr ogg oga opus wav flac mp4 m4v 3gp mov webm mkv avi'.split(
    ' ',
  ),
);
/** Old and macro-bearing office formats, and archives, in which anything may be. */
const CAREFUL = new Set(
  'doc dot docm dotx dotm xls xlt xlsm xltx xltm xlsb ppt pps pot pptm potm ppsx ppsm odt ods odp odg rtf zip 7z rar gz tar eml epub'.split(
    ' ',
  ),
);

/** By type, where the name says nothing. */
const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'application/zip': 'zip',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

// Controls, and signs that turn the direction of writing round: "invoice[turn]fdp.exe" looks like "invoiceexe.pdf".
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** What some system does not take in a name; the colon begins a hidden stream on Windows. */
const UNFIT = /[<>:"/\\|?*]/gu;
/** Names that Windows takes for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
const LONGEST = 80;

export interface FileToOpen {
  readonly mimeType: string;
  readonly fileName: string | null;
}

export function openingOf(file: FileToOpen): Opening {
  const ending = endingOf(openedName(file));
  if (PLAIN.has(ending)) return 'plain';
  return CAREFUL.has(ending) ? 'careful' : 'never';
}

/** The name under which a file is opened, on any system, and as it is shown before: its ending is what the system goes by. */
export function openedName({ mimeType, fileName }: FileToOpen): string {
  const clean = (fileName ?? '')
    .replace(UNSEEN, '')
    .replace(UNFIT, '_')
    // Windows leaves these off, and then goes by what is before them.
    .replace(/[. ]+$/u, '')
    .trim();
  const ending = endingOf(clean) || (ENDINGS[mimeType.split(';')[0]?.trim().toLowerCase() ?? ''] ?? '');
  const stem = (endingOf(clean) === '' ? clean : clean.slice(0, clean.lastIndexOf('.')))
    .slice(0, LONGEST)
    .trim();
  const safe = stem === '' || stem.startsWith('.') || DEVICE.test(stem) ? `file${stem}` : stem;
  return ending === '' ? safe : `${safe}.${ending}`;
}

/** In lower case, without its dot; '' for a name without one. */
function endingOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at + 1).toLowerCase();
}
