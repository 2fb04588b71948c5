/** The JSON format: its name, its version, and its JSON Schema, made from the very schema that reading holds it against. */
import { z } from 'zod';
import { ExportContact } from './contact.ts';

export const SCHEMA_ID = 'https://parley.example/schemas/contacts-v1.json';
export const SCHEMA_NAME = 'parley.contacts';
export const SCHEMA_VERSION = 1;

const ContactsFile = z
  .object({
    $schema: z.literal(SCHEMA_ID),
    schema: z.literal(SCHEMA_NAME),
    version: z.literal(SCHEMA_VERSION),
    /** Epoch milliseconds. */
    exportedAt: z.number().int().nonnegative(),
    contacts: z.array(ExportContact),
  })
  .meta({
    title: 'Contacts exported from Parley',
    description: 'Times are epoch milliseconds.',
  });

/** The JSON Schema (draft 2020-12) as a file to lie beside an export. */
export function contactsSchemaText(): string {
  return `${JSON.stringify({ $id: SCHEMA_ID, ...z.toJSONSchema(ContactsFile) }, null, 2)}\n`;
}
