import { expect, test } from 'vitest';
import { linkOf, personOf, phoneOf } from './parties.ts';
import type { ContactInfo } from './webhook-schema.ts';

const ada: ContactInfo = {
  wa_id: '4915112345678',
  user_id: 'DE.55501',
  parent_user_id: 'DE.ENT.77',
  profile: { name: 'Ada', username: 'ada' },
};
const ben: ContactInfo = {
  ...ada,
  wa_id: '4915187654321',
  user_id: 'DE.55502',
  profile: { name: 'Ben', username: null },
};

test('the number decides who of several is meant, else the user id', () => {
  expect(personOf({ waId: '4915187654321', userId: null }, [ada, ben])?.party.name).toBe('Ben');
  expect(personOf({ waId: null, userId: 'DE.55502' }, [ada, ben])?.party.name).toBe('Ben');
});

test('somebody whom the contacts do not know is not taken for somebody else', () => {
  const person = personOf({ waId: '16505551234', userId: null }, [ada]);
  expect(person).toMatchObject({
    party: { identity: { externalId: '16505551234' }, name: null },
    userId: null,
  });
  expect(personOf({ waId: null, userId: 'US.99' }, [ada])?.party.identity.externalId).toBe('US.99');
});

test('a placeholder is nobody, so the only contact is meant', () => {
  expect(personOf({ waId: '<WHATSAPP_USER_PHONE_NUMBER>', userId: '<BSUID>' }, [ada])?.party.name).toBe(
    'Ada',
  );
  expect(personOf({ waId: null, userId: null }, [])).toBeNull();
});

test('the two ids of one person are linked, the number being the one to go by', () => {
  const person = personOf({ waId: '4915112345678', userId: null }, [ada]);
  expect(linkOf('c', person!)).toMatchObject([
    {
      previous: { externalId: 'DE.55501' },
      party: { identity: { externalId: '4915112345678', parentExternalId: 'DE.ENT.77' } },
    },
  ]);
  expect(linkOf('c', personOf({ waId: null, userId: 'US.99' }, [])!)).toEqual([]);
});

test('a number is E.164 or it is none', () => {
  expect(phoneOf('4915112345678')).toBe('+4915112345678');
  for (const none of [null, '0151', '012345678', '1234567890123456', 'US.1'])
    expect(phoneOf(none)).toBeNull();
});
