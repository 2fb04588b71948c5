/** Our own JSON export as a stream of contacts. Never throws for what a file holds; ends with `end` or `failed`. */
import { z } from 'zod';
import { plainBreaks, rowProblem } from './check-row.ts';
import type { ImportRow } from './contact.ts';
import { ExportContact } from './contact.ts';
import { decodeText } from './encoding.ts';
import { inspect } from './inspect.ts';
import { jsonElements } from './json-elements.ts';
import { MAX_ROWS } from './limits.ts';
import type { Ending, RowProblem } from './problems.ts';
import { FileFault, failed } from './problems.ts';
import { SCHEMA_NAME, SCHEMA_VERSION } from './schema.ts';
import type { ImportSource } from './source.ts';
import { chunksOf } from './source.ts';

export type JsonOptions = { encoding?: string | null; onBytes?: (read: number) => void };
export type JsonItem = { type: 'row'; row: ImportRow } | RowProblem | Ending;

const Head = z.object({ schema: z.literal(SCHEMA_NAME), version: z.literal(SCHEMA_VERSION) });

/** The schema's records pass over a key `__proto__` in silence; here nothing may be lost unseen. */
const Contact = z.preprocess((value, context) => {
  const fields = value instanceof Object && 'fields' in value ? value.fields : null;
  if (fields instanceof Object && Object.hasOwn(fields, '__proto__')) {
    context.addIssue({ code: 'custom', path: ['fields'], message: 'a name that no field has' });
  }
  return value;
}, ExportContact);

/** Reads `contacts` one by one, however the file is laid out. A contact that is not in the schema is a problem `wrong_shape` of its own. */
export async function* readJson(
  source: ImportSource,
  options: JsonOptions = {},
): AsyncGenerator<JsonItem, void, undefined> {
  try {
    const encoding = options.encoding ?? (await inspect(source)).encoding;
    let rows = 0;
    for await (const parts of jsonElements(decodeText(chunksOf(source, options.onBytes), encoding))) {
      for (const part of parts) {
        if (part.type === 'head') {
          checkHead(part.text);
          continue;
        }
        rows += 1;
        if (rows > MAX_ROWS) throw new FileFault('too_many_rows', part.line);
        yield rowOf(part.text, part.line);
      }
    }
    yield { type: 'end', rows };
  } catch (error) {
    yield failed(error);
  }
}

function checkHead(text: string): void {
  const head = parseJson(text);
  if (head === undefined) throw new FileFault('not_json', 1);
  if (!Head.safeParse(head).success) throw new FileFault('wrong_schema', 1);
}

function rowOf(text: string, line: number): JsonItem {
  const parsed = Contact.safeParse(parseJson(text));
  if (!parsed.success) {
    const column = parsed.error.issues[0]?.path[0];
    const named = column === undefined ? null : String(column);
    return { type: 'problem', line, column: named, position: null, reason: 'wrong_shape' };
  }
  const row: ImportRow = { ...parsed.data, line };
  const found = rowProblem(row);
  if (found === null) return { type: 'row', row };
  return { type: 'problem', line, column: found.part, position: null, reason: found.reason };
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) =>
      typeof value === 'string' ? plainBreaks(value) : value,
    ) as unknown;
  } catch {
    return undefined;
  }
}
