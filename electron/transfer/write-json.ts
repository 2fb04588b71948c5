/** Contacts as JSON, one contact a line, streamed. */
import { inChunks } from './chunks.ts';
import type { ExportContact } from './contact.ts';
import { SCHEMA_ID, SCHEMA_NAME, SCHEMA_VERSION } from './schema.ts';

export type JsonExport = {
  contacts: AsyncIterable<ExportContact> | Iterable<ExportContact>;
  /** Epoch milliseconds. */
  exportedAt: number;
};

/** The file as chunks of text, to be written as UTF-8; contactsSchemaText is to lie beside it. */
export async function* writeJson(out: JsonExport): AsyncGenerator<string, void, undefined> {
  yield* inChunks(pieces(out));
}

async function* pieces({ contacts, exportedAt }: JsonExport): AsyncGenerator<string, void, undefined> {
  const head = { $schema: SCHEMA_ID, schema: SCHEMA_NAME, version: SCHEMA_VERSION, exportedAt };
  yield `${JSON.stringify(head).slice(0, -1)},"contacts":[`;
  let separator = '\n';
  for await (const contact of contacts) {
    yield separator + JSON.stringify(contact);
    separator = ',\n';
  }
  yield '\n]}\n';
}
