/** Media types as browsers, operating systems and providers write them, made comparable. */

export type MimeType = { type: string; codecs: string | null };

/** Names that mean the same as the registered one (browsers and Windows still give them). */
const ALIASES: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-mpeg': 'audio/mpeg',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/x-aac': 'audio/aac',
  // Files called .opus are Ogg (RFC 7845, section 9), and providers take them under that name only.
  'audio/opus': 'audio/ogg',
  'audio/x-opus+ogg': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'video/3gp': 'video/3gpp',
  'application/x-pdf': 'application/pdf',
};

const BY_ENDING: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  '3gp': 'video/3gpp',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  amr: 'audio/amr',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  zip: 'application/zip',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** Splits a media type from its parameters: "audio/ogg; codecs=opus" is of type audio/ogg. Lower case, usual names. */
export function parseMime(mimeType: string): MimeType {
  const [first = '', ...parameters] = mimeType.split(';');
  const type = first.trim().toLowerCase();
  const codecs = parameters
    .map((it) => /^\s*codecs\s*=\s*"?([^"]*)"?\s*$/iu.exec(it)?.[1])
    .find((it) => it !== undefined);
  return { type: ALIASES[type] ?? type, codecs: codecs?.trim().toLowerCase() ?? null };
}

/** The type of a file: what was said, or by the ending of its name when nothing useful was said. '' when neither tells. */
export function mimeOf(mimeType: string, fileName: string | null): MimeType {
  const said = parseMime(mimeType);
  if (said.type !== '' && said.type !== 'application/octet-stream') return said;
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
  return { type: BY_ENDING[ending] ?? said.type, codecs: null };
}

/** Whether a list as a channel gives it ("audio/ogg; codecs=opus", "image/*", "*" + "/*") takes a type. */
export function takesMime(allowed: readonly string[], given: MimeType): boolean {
  return allowed.some((entry) => {
    const { type, codecs } = parseMime(entry);
    const [family, subtype] = type.split('/');
    const sameType =
      type === '*/*' || type === given.type || (subtype === '*' && given.type.startsWith(`${family ?? ''}/`));
    return sameType && (codecs === null || given.codecs === null || codecs === given.codecs);
  });
}
