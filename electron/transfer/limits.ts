/** What a file for import may hold at most. Our own numbers: far above an honest export, far below what would hurt the machine. */

/** Bytes of one file. */
export const MAX_FILE_BYTES = 1_000_000_000;
/** Bytes of one line, of one record with quoted line breaks, of one card without its pictures, of one contact in JSON. */
export const MAX_LINE_BYTES = 1_000_000;
/** Records, cards or contacts of one file, the header not counted. */
export const MAX_ROWS = 500_000;
export const MAX_COLUMNS = 512;
/** Characters of a note. */
export const MAX_NOTE_LENGTH = 20_000;
/** Characters of any other value. */
export const MAX_VALUE_LENGTH = 4_000;
/** Phones, addresses, labels or other things of one kind in one contact. */
export const MAX_ITEMS = 200;
