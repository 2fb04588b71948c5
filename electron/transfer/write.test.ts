import { expect, test } from 'vitest';
import { joined } from '../../test/support/transfer-kit.ts';
import type { ExportContact } from './contact.ts';
import { contactsSchemaText } from './schema.ts';
import { writeCsv } from './write-csv.ts';
import { writeJson } from './write-json.ts';
import { writeVcard } from './write-vcard.ts';

const ann: ExportContact = {
  id: '0190c1d2-0000-7000-8000-000000000002',
  name: '=1+1',
  company: 'Søn, Ltd; "Co"',
  phones: ['+4930555', '+4917155'],
  emails: ['ann@example.com'],
  language: 'da',
  timeZone: 'Europe/Copenhagen',
  labels: ['vip'],
  fields: { Plan: 'gold' },
  note: 'One\nTwo',
  consent: [
    { purpose: 'marketing', channel: 'whatsapp', state: 'given', at: 0, source: 'web form at the fair' },
  ],
  identities: [
    { channelKind: 'whatsapp', externalId: 'DK.1', parentExternalId: null, phone: null, username: 'ann' },
  ],
  blocked: false,
  createdAt: 1_700_000_000_000,
};

test('CSV: a mark for Excel, apostrophes, quotes, one column per field', async () => {
  const file = await joined(writeCsv({ contacts: [ann], fieldNames: ['Plan'] }));
  expect(file).toBe(
    '\uFEFFParley ID,Name,Company,Phones,E-mails,Language,Time zone,Labels,Note,Consent,Identities,Blocked,Created,More fields,Field: Plan\r\n' +
      `${ann.id},'=1+1,"Søn, Ltd; ""Co""",'+4930555 ::: +4917155,ann@example.com,da,Europe/Copenhagen,vip,"One\nTwo",` +
      '"marketing|whatsapp|given|1970-01-01T00:00:00.000Z|web form at the fair","whatsapp|DK.1|||ann",no,2023-11-14T22:13:20.000Z,,gold\r\n',
  );
});

test('vCard 4.0: escaped, with what has no property in X-PARLEY', async () => {
  const file = await joined(writeVcard({ contacts: [ann] }));
  expect(file.split('\r\n')).toEqual([
    'BEGIN:VCARD',
    'VERSION:4.0',
    'PRODID:-//Parley//Contacts 1//EN',
    `UID:urn:uuid:${ann.id}`,
    'FN:=1+1',
    'ORG:Søn\\, Ltd\\; "Co"',
    'TEL;VALUE=uri:tel:+4930555',
    'TEL;VALUE=uri:tel:+4917155',
    'EMAIL:ann@example.com',
    'LANG:da',
    'TZ;VALUE=text:Europe/Copenhagen',
    'CATEGORIES:vip',
    'NOTE:One\\nTwo',
    'X-PARLEY-FIELD;X-NAME="Plan":gold',
    'X-PARLEY-IDENTITY:whatsapp|DK.1|||ann',
    'X-PARLEY-CONSENT:marketing|whatsapp|given|1970-01-01T00:00:00.000Z|web form',
    '  at the fair',
    'X-PARLEY-BLOCKED:no',
    'X-PARLEY-CREATED:2023-11-14T22:13:20.000Z',
    'END:VCARD',
    '',
  ]);
});

test('JSON: named, versioned, and valid with no contact at all', async () => {
  const file: unknown = JSON.parse(await joined(writeJson({ contacts: [ann], exportedAt: 5 })));
  const head = { schema: 'parley.contacts', version: 1, exportedAt: 5 };
  expect(file).toMatchObject({ ...head, contacts: [ann] });
  expect(JSON.parse(await joined(writeJson({ contacts: [], exportedAt: 5 })))).toMatchObject({
    contacts: [],
  });
});

test('the JSON Schema names what it is and what a contact needs', () => {
  expect(JSON.parse(contactsSchemaText())).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://parley.example/schemas/contacts-v1.json',
    properties: {
      contacts: { items: { required: expect.arrayContaining(['id', 'identities', 'createdAt']) } },
    },
  });
});

test('a writer holds no more than one chunk of contacts', async () => {
  let made = 0;
  const many = (function* () {
    for (; made < 100_000; made += 1) yield ann;
  })();
  const chunks = writeCsv({ contacts: many, fieldNames: [] });
  await chunks.next();
  await chunks.next();
  expect(made).toBeLessThan(1_000);
});
