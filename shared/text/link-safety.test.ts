import { expect, test } from 'vitest';
import { linkHost, safeLink } from './link-safety.ts';

test.each([
  ['https://Example.com/a?b#c', 'https://example.com/a?b#c'],
  ['http://[::1]:8080/', 'http://[::1]:8080/'],
  ['mailto:a@b.example', 'mailto:a@b.example'],
  ['mailto:a@b.example?subject=Hi', 'mailto:a@b.example?subject=Hi'],
  ['tel:+4930123456', 'tel:+4930123456'],
])('%s may be opened', (url, normal) => {
  expect(safeLink(url)).toBe(normal);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>',
  'file:///etc/passwd',
  'vbscript:x',
  'parley://conversation/1',
  'https://user@evil.example/',
  'https://@evil.example/',
  'https://user:pass@evil.example/',
  'https://evil.example\\@good.example/',
  'https://ev%69l.example/',
  'https:///evil.example',
  'https://a.example/\u202Egpj.exe',
  'https://a.example/\u2066x',
  'https://a.exa\u200Bmple/',
  'https://a.example/\u0000',
  'https://a.example/a b',
  'java\nscript:alert(1)',
  'mailto:a@b.example?bcc=c@d.example',
  'mailto:a@b.example,c@d.example',
  'mailto:%',
  'tel:+49;phone-context=x',
  'no address',
  '',
])('%j may not', (url) => {
  expect(safeLink(url)).toBeNull();
  expect(linkHost(url)).toBeNull();
});

test.each([
  ['https://example.com:8443/x', 'example.com:8443', false],
  ['http://münchen.de', 'münchen.de', false],
  ['http://пример.рф', 'пример.рф', false],
  ['http://例え.テスト', '例え.テスト', false],
  ['https://xn--fa-hia.de', 'faß.de', false],
  // "apple" in Cyrillic; Latin with a Cyrillic a; a dotless i; two scripts.
  ['http://аррӏе.com', 'xn--80ak6aa92e.com', true],
  ['http://pаypal.com', 'xn--pypal-4ve.com', true],
  ['http://wıkipedia.org', 'xn--wkipedia-tkb.org', true],
  ['http://aпример.com', 'xn--a-jtbiqngd.com', true],
  ['https://xn--zzzzzzzzzzzz99.com', null, true],
])('%s is shown as %s', (url, shown, disguised) => {
  const host = linkHost(url);
  if (shown === null) expect(host === null || host.shown === host.ascii).toBe(true);
  else expect(host).toMatchObject({ shown, disguised });
});

test('a mailbox and a number are shown whole', () => {
  expect(linkHost('mailto:a@münchen.de')?.shown).toBe('a@münchen.de');
  expect(linkHost('mailto:a@аррӏе.com')).toMatchObject({ shown: 'a@xn--80ak6aa92e.com', disguised: true });
  expect(linkHost('tel:+4930123456')?.shown).toBe('+4930123456');
});
