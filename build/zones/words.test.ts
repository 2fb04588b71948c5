import { expect, test } from 'vitest';
import { untranslated } from './words.mjs';

function check(markup: string): string[] {
  return untranslated('a.tsx', `export const A = () => (\n  ${markup}\n);`);
}

test.each([
  '<p>Hello</p>',
  '<p>مرحبا</p>',
  '<><b /> and more</>',
  '<p>{"Hello"}</p>',
  '<p>{isOpen ? "Open" : null}</p>',
  '<p>{isOpen && "Open"}</p>',
  '<p>{name ?? "Nobody"}</p>',
  '<p>{`${n} items`}</p>',
  '<p>{n + " items"}</p>',
  '<p aria-label="Close" />',
  '<p title={"Close"} />',
  '<input placeholder="Search" />',
  '<img alt={isOpen ? "Open" : ""} />',
  '<IconButton label="Close" />',
  '<p aria-label={`${name} is away`} />',
])('refuses %s', (markup) => {
  expect(check(markup)).toEqual([expect.stringMatching(/^a\.tsx:2: /)]);
});

test.each([
  '<p>{t("app.close")}</p>',
  '<p aria-label={t("app.close")}>{name}</p>',
  '<p>: 12 · {name}!</p>',
  '<p>{" "}</p>',
  '<input placeholder="https://" />',
  '<p>&nbsp;</p>',
  '<img alt="" />',
  '<button type="button" className="wide" data-tone="quiet" id="close" />',
  '<p>{words[kind === "all" ? "a" : "b"]}</p>',
  '<p aria-label={`${name} · ${role}`} />',
  '<Kbd>Esc</Kbd>',
  '<p>{/* a comment */}</p>',
  '<p>{state === "open" && <b />}</p>',
])('allows %s', (markup) => {
  expect(check(markup)).toEqual([]);
});

test('names the line of the word, not of its element', () => {
  expect(untranslated('a.tsx', 'export const A = () => (\n  <p>\n    {n}\n    items\n  </p>\n);')).toEqual([
    expect.stringMatching(/^a\.tsx:4: 'items'/),
  ]);
});
