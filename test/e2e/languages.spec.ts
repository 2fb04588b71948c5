/** Every place in the other languages: nothing left in English, no key in the place of words, nothing that overflows. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expectNoOverflow } from './fixtures/overflow.ts';
import { BIG } from './fixtures/furniture.ts';
import { root } from './fixtures/program.ts';
import { openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA, BRUNO } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

const PLACES = [
  '#/inbox/unassigned',
  '#/inbox/closed',
  '#/outbox',
  '#/library',
  '#/settings/account',
  '#/settings/workspace',
  '#/settings/privacy',
  '#/settings/audit',
  '#/settings/notifications',
  '#/settings/sending',
  '#/settings/appearance',
  '#/settings/keyboard',
  '#/settings/about',
  '#/settings/diagnostics',
];

test('Spanish and Portuguese speak in every place and fit, wide and narrow', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  const english = await wordsOf(page);
  for (const language of ['es', 'pt-BR'] as const) {
    await goTo(page, '#/settings/language');
    await page.locator('select[name="language"]').selectOption(language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    for (const place of PLACES) {
      for (const width of [1280, 400]) {
        await page.setViewportSize({ width, height: 800 });
        await goTo(page, place);
        await expect(page.locator('main, [role="search"], nav').first()).toBeVisible();
        await expectNoOverflow(page, `${language} ${place} at ${String(width)}`);
        const words = await wordsOf(page);
        const keys = words.filter((each) => /^[a-z]+(?:\.[a-zA-Z_]+)+$/u.test(each));
        expect.soft(keys, `${language} ${place}`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await goTo(page, '#/inbox/unassigned');
    await page.getByRole('row').filter({ hasText: AMIRA.name }).click();
    await expect(page.getByRole('heading', { name: AMIRA.name })).toBeVisible();
    const same = (await wordsOf(page)).filter((each) => english.includes(each) && ENGLISH.has(each));
    expect.soft(same, language).toEqual([]);
  }
});

test('in Arabic, words from left to right are cut at their own end, and emoji have Arabic names', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { row } = await signIn(page, office.ben);
  await office.post(textFrom(BRUNO, `Begin ${'and go on '.repeat(20)}`));
  await openView(page, 'Unassigned');
  await expect(row(BRUNO.name)).toContainText('Begin');
  await goTo(page, '#/settings/language');
  await page.locator('select[name="language"]').selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await goTo(page, '#/inbox/unassigned');
  const preview = page
    .getByRole('row')
    .filter({ hasText: BRUNO.name })
    .getByText(/^Begin/);
  await expect(preview).toBeVisible();
  const look = await preview.evaluate((element) => {
    const { direction, textAlign } = getComputedStyle(element);
    const range = document.createRange();
    range.setStart(element.firstChild ?? element, 0);
    range.setEnd(element.firstChild ?? element, 5);
    const word = range.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    // The first word is in sight, at the left, where what is cut is not.
    return { direction, textAlign, first: word.left >= box.left - 1 && word.right <= box.right };
  });
  expect(look).toEqual({ direction: 'ltr', textAlign: 'right', first: true });

  await page.getByRole('row').filter({ hasText: BRUNO.name }).click();
  await page.getByRole('button', { name: 'رموز تعبيرية', exact: true }).click();
  await page.keyboard.type('احتفال');
  await expect(page.getByRole('option').filter({ hasText: '🎉' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('textarea').first()).toHaveValue(/./u);
});

/** What the English catalogue says that no other language does: whole sentences, so that names and loan words do not count. */
const ENGLISH = new Set(
  ['inbox', 'thread', 'triage', 'writing', 'settings', 'app'].flatMap((area) =>
    [
      ...readFileSync(path.join(root, `renderer/i18n/en/${area}.ts`), 'utf8').matchAll(
        /'([A-Z][^'{]* [^'{]*)'/gu,
      ),
    ].map(([, words]) => words ?? ''),
  ),
);

/** What can be read, and what a screen reader is told. */
function wordsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      found.add((node.textContent ?? '').trim());
    for (const element of document.querySelectorAll('[aria-label],[title],[placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) found.add(element.getAttribute(name) ?? '');
    return [...found].filter((each) => each !== '');
  });
}
