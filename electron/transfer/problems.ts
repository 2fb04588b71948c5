/** Everything that can be wrong with a file, a row or a value: closed sets, so that the page has words and a way out for each. */

/**
 * Why a file cannot be read further. What came before it is whole.
 *
 * - `empty`: no row. `too_large`, `line_too_long`, `too_many_rows`, `too_many_columns`: see limits.ts.
 * - `compressed`: a zip or another archive. `spreadsheet`: an Excel or OpenDocument file, to be saved as CSV. `not_text`: anything
 *   else that is no text. `nul_bytes`: text with U+0000 in it.
 * - `wrong_encoding`: bytes that the encoding asked for does not have, or one that nobody knows. `bad_delimiter`: none that can work.
 * - `unclosed_quote`: a quote opened on `line` is never closed. `cut_off`: the file ends in the middle.
 * - `not_vcard`, `not_json`, `wrong_schema`: another format, or a version of ours that is too new.
 * - `unreadable`: the system could not read it; `cause` says why.
 */
export type FileProblemKind =
  | 'empty'
  | 'too_large'
  | 'line_too_long'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'compressed'
  | 'spreadsheet'
  | 'not_text'
  | 'nul_bytes'
  | 'wrong_encoding'
  | 'bad_delimiter'
  | 'unclosed_quote'
  | 'cut_off'
  | 'not_vcard'
  | 'not_json'
  | 'wrong_schema'
  | 'unreadable';

/** `line` counts from 1 and is null where no line can be named. */
export type FileProblem = { kind: FileProblemKind; line: number | null; cause?: unknown };

/**
 * Why a row is left out.
 *
 * - `control_characters`, `value_too_long`, `too_many_items`: of the value in the column named.
 * - `too_many_values`: more values than columns, so that none can be trusted to be in its own.
 * - `unknown_consent`: neither yes nor no; consent is never guessed. `not_a_date`: of our own columns.
 * - `empty_contact`: neither name nor company, phone, e-mail nor identity.
 * - `card_not_closed`, `card_too_large`, `wrong_shape`: of a card, or of a contact in JSON.
 */
export type RowReason =
  | 'control_characters'
  | 'value_too_long'
  | 'too_many_items'
  | 'too_many_values'
  | 'unknown_consent'
  | 'not_a_date'
  | 'empty_contact'
  | 'card_not_closed'
  | 'card_too_large'
  | 'wrong_shape';

/** What is worth knowing about a row that is taken all the same. */
export type NoteReason =
  | 'missing_values'
  | 'media_skipped'
  | 'broken_line'
  | 'unknown_charset'
  | 'group_skipped';

/** `line` is where the row begins, counted from 1; `position` counts columns from 1; `column` is its header or property name. */
export type RowProblem = {
  type: 'problem';
  line: number;
  column: string | null;
  position: number | null;
  reason: RowReason;
};
export type RowNote = { type: 'note'; line: number; column: string | null; reason: NoteReason };

/** Every reader ends with exactly one of these. */
export type Ending = { type: 'end'; rows: number } | { type: 'failed'; problem: FileProblem };

/** How the parts of a reader tell each other of a FileProblem; readers turn it into an Ending and let nothing else out. */
export class FileFault extends Error {
  readonly problem: FileProblem;

  constructor(kind: FileProblemKind, line: number | null = null, cause?: unknown) {
    super(kind);
    this.name = 'FileFault';
    this.problem = cause === undefined ? { kind, line } : { kind, line, cause };
  }
}

/** The ending for what was thrown. Anything but a FileFault is a mistake of ours and goes on. */
export function failed(error: unknown): Ending {
  if (error instanceof FileFault) return { type: 'failed', problem: error.problem };
  throw error;
}
