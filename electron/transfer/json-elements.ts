/** The elements of the array `contacts` of a JSON object, one text each, without reading the whole file into memory. */
import { MAX_LINE_BYTES } from './limits.ts';
import { FileFault } from './problems.ts';

/** What stands before the array may not be longer. */
const MAX_HEAD = 64 * 1024;

export type JsonPart = { type: 'head'; text: string } | { type: 'element'; line: number; text: string };

/**
 * First the head as an object of its own (everything before the array), then each element. What is between the brackets is not checked
 * here: an element may be anything with balanced brackets. Throws FileFault `not_json`, `cut_off`, `line_too_long`.
 */
export async function* jsonElements(
  chunks: AsyncIterable<string>,
): AsyncGenerator<JsonPart[], void, undefined> {
  const splitter = new Splitter();
  for await (const chunk of chunks) {
    let fault: unknown = null;
    try {
      splitter.feed(chunk);
    } catch (error) {
      fault = error;
    }
    // What stands before a fault comes before it, however the text was cut.
    if (splitter.parts.length > 0) yield splitter.parts.splice(0);
    if (fault !== null) throw fault;
    if (splitter.done) return;
  }
  throw new FileFault(splitter.started ? 'cut_off' : 'not_json', splitter.line);
}

class Splitter {
  readonly parts: JsonPart[] = [];
  done = false;
  started = false;
  line = 1;
  #head: string | null = '';
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #element = '';
  #elementLine = 0;

  feed(chunk: string): void {
    let from = 0;
    for (let at = 0; at < chunk.length && !this.done; at += 1) {
      const char = chunk.charCodeAt(at);
      if (char === 0x0a) this.line += 1;
      if (this.#quoted) {
        this.#inText(char);
        continue;
      }
      if (char === 0x22) {
        this.#quoted = true;
      } else if (char === 0x7b || char === 0x5b) {
        if (this.#head !== null && this.#depth === 1 && char === 0x5b) {
          this.#collect(chunk.slice(from, at));
          from = at;
          if (this.#endHead()) from = at + 1;
        } else if (this.#head === null && this.#depth === 2) {
          this.#begin(chunk.slice(from, at));
          from = at;
        }
        this.#depth += 1;
      } else if (char === 0x7d || char === 0x5d) {
        this.#depth -= 1;
        if (this.#head === null && this.#depth === 2) {
          this.#collect(chunk.slice(from, at + 1));
          from = at + 1;
          this.#emit();
        } else if (this.#head === null && this.#depth === 1) {
          this.#between(chunk.slice(from, at));
          this.done = true;
        } else if (this.#depth <= 0) throw new FileFault('wrong_schema', this.line);
      }
    }
    if (!this.done) this.#collect(chunk.slice(from));
  }

  #inText(char: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (char === 0x5c) this.#escaped = true;
    else if (char === 0x22) this.#quoted = false;
  }

  #collect(text: string): void {
    if (this.#head !== null) {
      this.#head += text;
      this.started ||= this.#head.trimStart().startsWith('{');
      if (!this.started && this.#head.trim() !== '') throw new FileFault('not_json', 1);
      if (this.#head.length > MAX_HEAD) throw new FileFault('wrong_schema', this.line);
      return;
    }
    this.#element += text;
    if (this.#element.length > MAX_LINE_BYTES)
      throw new FileFault('line_too_long', this.#elementLine || this.line);
  }

  /** At a bracket directly in the head: whether it is the one of `contacts`. */
  #endHead(): boolean {
    const head = this.#head ?? '';
    if (!/"contacts"\s{0,100}:\s{0,100}$/u.test(head.slice(-256))) return false;
    this.parts.push({ type: 'head', text: `${head}[]}` });
    this.#head = null;
    return true;
  }

  #begin(before: string): void {
    this.#between(before);
    this.#elementLine = this.line;
  }

  /** Between two elements only a comma may stand. */
  #between(text: string): void {
    this.#collect(text);
    if (!['', ','].includes(this.#element.trim())) throw new FileFault('not_json', this.line);
    this.#element = '';
  }

  #emit(): void {
    this.parts.push({ type: 'element', line: this.#elementLine, text: this.#element });
    this.#element = '';
    this.#elementLine = 0;
  }
}
