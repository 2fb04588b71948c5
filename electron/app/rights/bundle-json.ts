/** A person's data for machines: one JSON document, streamed, and the JSON Schema that it keeps to. */
import { z } from 'zod';
import type { ContactDetail, ContactTimelineItem } from '../../../shared/contract/contacts.ts';
import { Activity } from '../../../shared/domain/activity.ts';
import { ConsentEntry } from '../../../shared/domain/consent.ts';
import { ContactField } from '../../../shared/domain/contact-field.ts';
import { Contact } from '../../../shared/domain/contact.ts';
import { Conversation } from '../../../shared/domain/conversation.ts';
import { Message, Note } from '../../../shared/domain/message.ts';
import type { BundleFile } from './bundle-page.ts';

export const BUNDLE_SCHEMA = 'parley.person';
export const BUNDLE_VERSION = 1;

/** Times are epoch milliseconds; entries are newest first; `path` is inside of the archive. */
export const PersonFile = z.object({
  schema: z.literal(BUNDLE_SCHEMA),
  version: z.literal(BUNDLE_VERSION),
  exportedAt: z.number().int(),
  person: Contact,
  fields: z.array(ContactField),
  consents: z.array(ConsentEntry),
  conversations: z.array(Conversation),
  files: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      path: z.string().nullable(),
      at: z.number(),
      mimeType: z.string(),
    }),
  ),
  timeline: z.array(
    z.union([
      z.object({ type: z.literal('message'), message: Message }),
      z.object({ type: z.literal('note'), note: Note }),
      z.object({ type: z.literal('activity'), activity: Activity }),
      z.object({ type: z.literal('consent'), entry: ConsentEntry }),
    ]),
  ),
});

export function personSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(PersonFile, { unrepresentable: 'any', io: 'input' }), null, 2)}\n`;
}

export type PersonData = {
  detail: ContactDetail;
  fields: readonly ContactField[];
  files: readonly BundleFile[];
  timeline: AsyncIterable<ContactTimelineItem>;
  now: number;
};

export async function* personJson(data: PersonData): AsyncGenerator<string, void, undefined> {
  const { contact, consents, conversations } = data.detail;
  const used = data.fields.filter(({ id }) => contact.fields[id] !== undefined);
  const head = {
    schema: BUNDLE_SCHEMA,
    version: BUNDLE_VERSION,
    exportedAt: data.now,
    person: contact,
    fields: used,
    consents,
    conversations,
    files: data.files,
  };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "timeline": [`;
  let separator = '\n';
  for await (const item of data.timeline) {
    yield `${separator}${JSON.stringify(item)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}
