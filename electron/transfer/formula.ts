/**
 * Cells that no spreadsheet takes for a formula. An apostrophe goes before = + - @ (wide forms too) and before tab and line breaks at the
 * start of a cell, and after anything inside of it that a program set to another delimiter would take for the start of one
 * (OWASP, "CSV Injection"). Apostrophes already there get one more, so that taking them off gives back every text.
 */

const AT_START = /^(?='*(?:[\t\r\n]|[^\S\t\r\n]*[=+\-@＝＋－＠]))/u;
const INSIDE = /(?<=[,;\t|\r\n"])(?='*[^\S\t\r\n]*[=+\-@＝＋－＠])/gu;
const GUARDED_START = /^'(?='*(?:[\t\r\n]|[^\S\t\r\n]*[=+\-@＝＋－＠]))/u;
const GUARDED_INSIDE = /(?<=[,;\t|\r\n"])'(?='*[^\S\t\r\n]*[=+\-@＝＋－＠])/gu;
const DANGEROUS = /[\t\r\n=+\-@＝＋－＠]/u;

/** The cell as it may stand in a file. */
export function guardFormula(cell: string): string {
  if (!DANGEROUS.test(cell)) return cell;
  return cell.replace(AT_START, "'").replace(INSIDE, "'");
}

/** What guardFormula was given. */
export function unguardFormula(cell: string): string {
  if (!cell.includes("'")) return cell;
  return cell.replace(GUARDED_INSIDE, '').replace(GUARDED_START, '');
}
