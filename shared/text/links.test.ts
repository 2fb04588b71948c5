import { expect, test } from 'vitest';
import { findLinks } from './links.ts';

const short = (text: string): string[] =>
  findLinks(text).map((link) => `${link.kind} ${link.text} ${link.href}`);

test('mail addresses, and no web address inside them', () => {
  expect(short('Write to anna.b+c@foo.co.uk. Or x@y')).toEqual([
    'email anna.b+c@foo.co.uk mailto:anna.b+c@foo.co.uk',
  ]);
});

test('international numbers only: an order number is no telephone', () => {
  expect(short('+49 (0)30 1234567 or +1-202-555-0101, order 12345678, 2+12345678')).toEqual([
    'phone +49 (0)30 1234567 tel:+49301234567',
    'phone +1-202-555-0101 tel:+12025550101',
  ]);
  expect(short('+1234567890123456')).toEqual([]);
});

test('a bare name needs a known ending', () => {
  expect(short('shop.example.com and report.pdf and and.then')).toEqual([
    'url shop.example.com https://shop.example.com/',
  ]);
});

test('a forgotten space after a full stop makes no address', () => {
  expect(short('in two days.Is it at 10.am or No.May, no.mask')).toEqual([]);
  expect(short('SHOP.COM www.Shop.Com').map((it) => it.split(' ')[1])).toEqual(['SHOP.COM', 'www.Shop.Com']);
});

test('an address with a user name is no link, nor is any part of it', () => {
  expect(short('https://paypal.com@evil.example/x http://a:b@c.com')).toEqual([]);
});

test('other schemes are no links', () => {
  expect(short('javascript:alert(1) data:text/html,x file:///etc/passwd ftp://a.b/')).toEqual([]);
});

test('text.slice(start, end) is the link', () => {
  const text = '🙂 see (https://a.example/x_y_z), then b.com!';
  expect(findLinks(text).map((link) => text.slice(link.start, link.end))).toEqual([
    'https://a.example/x_y_z',
    'b.com',
  ]);
});

test.each([
  ['hosts', 'a.'.repeat(50_000)],
  ['schemes', 'http://'.repeat(20_000)],
  ['addresses', 'http://a.com/'.repeat(20_000)],
  ['brackets', `http://a.com/${'('.repeat(100_000)}`],
  ['mailboxes', 'a@'.repeat(50_000)],
  ['one word', 'a'.repeat(200_000)],
])('hostile %s cost no more than the text is long', (_name, text) => {
  const before = process.cpuUsage();
  findLinks(text);
  const { user, system } = process.cpuUsage(before);
  // Quadratic work over these takes minutes; the bound leaves room for a slow machine. Time of the processor: it may be busy.
  expect((user + system) / 1_000).toBeLessThan(2_000);
});
