/**
 * JSON that is put together from stored JSON without being parsed on the way: a reader hands the page's rows on as one text, and the
 * asking side parses once. Parsing, cloning and parsing again would cost several times the query.
 */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
