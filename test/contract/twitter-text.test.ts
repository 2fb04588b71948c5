/** Our links against the conformance cases of twitter-text. Where we differ on purpose, the case is named here with the reason. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findLinks } from '../../shared/text/links.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/data/twitter-text');
const missing = !existsSync(folder);
if (missing) console.info('twitter-text: skipped, ../shared/data/twitter-text is not here');

type Case = { description: string; text: string; expected: unknown };
type Cases = Record<string, Case[]>;

const OWN_RULES = 'a service that twitter owns has its own rules for paths; ours are the same for every host';
const ANY_SCRIPT =
  'an address with a path may go on in any script after a slash, as customers in Japan send them';

/** Cases that must keep differing: when one begins to agree, it has to leave this list. */
const DIFFERS: Record<string, string> = {
  'Extract URLs with and without protocol surrounded by CJK characters': ANY_SCRIPT,
  'Extract URLs with and without protocol surrounded by CJK characters (indices)': ANY_SCRIPT,
  'Extract a t.co URL with a trailing hyphen': OWN_RULES,
  'DO NOT extract URLs with > 40 characters in a t.co slug': OWN_RULES,
  'Extract t.co URLs skipping trailing characters and adjusting indices correctly (indices)': OWN_RULES,
  'Extract domain followed by Japanese characters':
    'without a scheme a name must end in a known ASCII top-level domain: any full stop between two words would do else',
  'Valid url: port and userinfo':
    'a user name before the host is how a link hides where it leads: never a link here',
};

const cases = (file: string, group: string): Case[] => {
  const all = parse(readFileSync(path.join(folder, `${file}.yml`), 'utf8')) as { tests: Cases };
  return all.tests[group] ?? [];
};
const urls = (text: string) => findLinks(text).filter((link) => link.kind === 'url');
const texts = (text: string): string[] => urls(text).map((link) => link.text);
const unescape = (html: string): string =>
  html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');

function compare(name: string, got: unknown, wanted: unknown): void {
  if (name in DIFFERS) expect({ name, got }).not.toEqual({ name, got: wanted });
  else expect({ name, got }).toEqual({ name, got: wanted });
}

describe.skipIf(missing)('twitter-text', () => {
  test('extracts the same addresses', () => {
    for (const group of ['urls', 'tco_urls_with_params']) {
      const found = cases('extract', group);
      expect(found.length).toBeGreaterThan(4);
      for (const { description, text, expected } of found) compare(description, texts(text), expected);
    }
  });

  test('at the same places, counted in characters', () => {
    for (const group of ['urls_with_indices', 'urls_with_directional_markers']) {
      const found = cases('extract', group);
      expect(found.length).toBeGreaterThan(1);
      for (const { description, text, expected } of found) {
        const characters = (end: number): number => Array.from(text.slice(0, end)).length;
        const got = urls(text).map(({ text: url, start, end }) => ({
          url,
          indices: [characters(start), characters(end)],
        }));
        compare(`${description} (indices)`, got, expected);
      }
    }
  });

  test('links what it links, among addresses with a scheme (it links no others)', () => {
    const found = cases('autolink', 'urls');
    expect(found.length).toBeGreaterThan(50);
    for (const { description, text, expected } of found) {
      const wanted = [...String(expected).matchAll(/<a href=".*?">(.*?)<\/a>/gsu)].map((it) =>
        unescape(it[1] ?? ''),
      );
      const got = texts(text).filter((url) => /^https?:/iu.test(url));
      compare(description, got, wanted);
    }
  });

  test('calls the same addresses valid: the whole text is one link', () => {
    for (const group of ['urls', 'urls_without_protocol']) {
      const found = cases('validate', group);
      expect(found.length).toBeGreaterThan(4);
      for (const { description, text, expected } of found) {
        const all = texts(text);
        compare(description, all.length === 1 && all[0] === text, expected);
      }
    }
  });
});
