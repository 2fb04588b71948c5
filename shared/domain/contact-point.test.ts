import { expect, test } from 'vitest';
import { UNNAMED } from '../policies/unnamed.ts';
import { ContactPoint, isPlaceholder, usableContactPoint } from './contact-point.ts';
import { routeOf } from './rights-desk.ts';

const point = (known: Partial<ContactPoint>) => ContactPoint.parse(known);

test.each([
  'your-email@example.com',
  'Your Business Address',
  'privacy@example.org',
  'mailto:your.name@company.com',
  'info@your-company.com',
  'contact@yourdomain.io',
  'someone@sub.example.net',
  'dpo@firm.invalid',
  'https://www.example.com/privacy',
  '[Company address]',
  '<insert e-mail>',
  '{{controller_email}}',
  'Insert your company name',
  'Company Address',
  '____',
  'TBD',
  '   ',
])('R003-3 "%s" is recognised as a blank that was never filled in', (text) => {
  expect(isPlaceholder(text)).toBe(true);
});

test.each([
  'privacy@lumen-and-oak.com',
  'dpo@exampleton.co.uk',
  'anna@my-example.shop',
  'yourself@lumen-and-oak.com',
  '14 Kiln Yard, Bristol BS1 4QA',
  'Company House, Cardiff',
  'Business Centre North, Leeds',
  'https://lumen-and-oak.com/privacy',
  'Yourgene Health, Manchester',
])('"%s" is taken for an address', (text) => {
  expect(isPlaceholder(text)).toBe(false);
});

test('R003-3 the published contact of the gateway without a name is refused as addressee, and the refusal is named', () => {
  expect(usableContactPoint(UNNAMED.gatewayContact)).toMatchObject({ ok: false, problem: 'placeholder' });
  const route = routeOf(UNNAMED, 'access');
  expect(route.problem).toBe('placeholder');
  expect(route.addressee).toEqual({ to: 'gateway', point: null });
});

test('R003-3 one real way among blanks is used, the blanks are dropped', () => {
  const mixed = point({
    name: 'Your Company',
    email: 'your-email@example.com',
    postal: '14 Kiln Yard, Bristol',
  });
  expect(usableContactPoint(mixed)).toEqual({ ok: true, point: point({ postal: '14 Kiln Yard, Bristol' }) });
});

test('a name alone reaches nobody', () => {
  expect(usableContactPoint(point({ name: 'Anna' }))).toMatchObject({ ok: false, problem: 'missing' });
  expect(usableContactPoint(null)).toMatchObject({ ok: false, problem: 'missing' });
});
