import type { Page } from '@playwright/test';
import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: { history: 600 } });

test('scrolling back through a long thread keeps the place, up to its beginning', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { log, message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await expect(message('Line 600.')).toBeInViewport();

  const beginning = page.getByText('Beginning of the conversation');
  let grown = 0;
  for (let turn = 0; turn < 60 && !(await beginning.isVisible()); turn += 1) {
    const moved = await jumpToTop(page);
    expect.soft(moved.by, `turn ${turn}: the line under the eye moved`).toBeLessThanOrEqual(1);
    if (moved.grew) grown += 1;
  }
  await expect(beginning).toBeVisible();
  expect(grown).toBeGreaterThan(2);
  await log.press('Home');
  await expect(message('Line 1.')).toBeInViewport();
});

test('a message that arrives while one reads further up does not move the page', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { log, message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await expect(message('Line 600.')).toBeInViewport();
  await log.hover();
  await page.mouse.wheel(0, -1500);
  const shown = log.getByRole('article');
  await expect(message('Line 600.')).not.toBeInViewport();
  await atRest(page);
  const before = await placeOf(page);
  await office.post(textFrom(AMIRA, 'Are you there?'));
  const toNewest = page.getByRole('button', { name: /1 new message/ });
  await expect(toNewest).toBeVisible();
  const after = await placeOf(page, before.id);
  expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(1);
  await toNewest.click();
  await expect(message('Are you there?')).toBeInViewport();
  await expect(shown.last()).toContainText('Are you there?');
});

/** A wheel turns smoothly: until the log has stood still for some frames. */
function atRest(page: Page): Promise<void> {
  return inbox(page).log.evaluate(async (log) => {
    let top = log.scrollTop;
    for (let still = 0; still < 10; still += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (log.scrollTop !== top) still = 0;
      top = log.scrollTop;
    }
  });
}

test('older messages from the gateway leave every bubble in its place', async ({ launch, office }) => {
  test.skip(
    test.info().project.name === 'electron',
    'the calls of the page are rewritten on their WebSocket',
  );
  const { page } = await launch({ gateway: office.url });
  const { message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  await onlyAtGateway(page);
  await page.reload();
  await expect(message('Line 600.')).toBeInViewport();
  // Each time the oldest line loses its day and the beginning of its group to the ones that come before it.
  for (let turn = 0; turn < 4; turn += 1) {
    const moved = await toVeryTop(page);
    expect(moved.grew, `turn ${turn}: older messages came`).toBe(true);
    expect.soft(moved.by, `turn ${turn}: a bubble in sight moved`).toBeLessThanOrEqual(1);
  }
});

/** To the page, everything older is at the gateway: it is read when one comes to the very top, as after a first sync that is not through. */
async function onlyAtGateway(page: Page): Promise<void> {
  await page.routeWebSocket(/\/contract/u, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((data) => socket.send(String(data).replaceAll('"older":"cache"', '"older":"gateway"')));
    socket.onMessage((data) => {
      const { id, name } = JSON.parse(String(data)) as { id: number; name: string };
      // It is all here already.
      if (name === 'conversation.loadOlder')
        socket.send(JSON.stringify({ id, result: { ok: true, value: { messages: 50 } } }));
      else server.send(data);
    });
  });
}

/** Goes to the top, from where older messages are asked for, and tells how far the bubbles in sight moved while they came, in px. */
function toVeryTop(page: Page): Promise<{ by: number; grew: boolean }> {
  return inbox(page).log.evaluate(async (log) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // Near enough for the rows to be there, not near enough for the call.
    log.scrollTop = 200;
    for (let count = 0; count < 20; count += 1) await frame();
    const height = log.scrollHeight;
    log.scrollTop = 40;
    const { top, bottom } = log.getBoundingClientRect();
    const bubbles = [...log.querySelectorAll('[data-bubble]')].filter((bubble) => {
      const box = bubble.getBoundingClientRect();
      return box.top >= top && box.bottom <= bottom;
    });
    const places = bubbles.map((bubble) => bubble.getBoundingClientRect().top);
    let by = 0;
    const grew = (): boolean => log.scrollHeight > height;
    const patience = performance.now() + 30_000;
    // Until they are there, and for a while after that.
    for (let after = 0; after < 45 && performance.now() < patience; after += grew() ? 1 : 0) {
      await frame();
      for (const [index, bubble] of bubbles.entries()) {
        const place = places[index];
        if (!bubble.isConnected || place === undefined) by = Number.POSITIVE_INFINITY;
        else by = Math.max(by, Math.abs(bubble.getBoundingClientRect().top - place));
      }
    }
    return { by, grew: grew() };
  });
}

type Place = { id: string; top: number };

/** The first row that begins in sight, or the one named, and where it stands in px. */
function placeOf(page: Page, id?: string): Promise<Place> {
  return inbox(page).log.evaluate((log, wanted) => {
    const { top, bottom } = log.getBoundingClientRect();
    const rows = [...log.querySelectorAll('article')];
    const name = (row: Element): string => /Line \d+\./.exec(row.textContent ?? '')?.[0] ?? '';
    const found = rows.find((row) => {
      const box = row.getBoundingClientRect();
      return wanted === undefined
        ? name(row) !== '' && box.top >= top && box.top < bottom
        : name(row) === wanted;
    });
    if (found === undefined) throw new Error(`there is no row ${wanted ?? 'in sight'}`);
    return { id: name(found), top: found.getBoundingClientRect().top };
  }, id);
}

/**
 * Goes close to the top of what is there, which makes older messages come, and tells how far a row in sight moved while they did, in
 * px. Watched from frame to frame inside the page, because what jumps and jumps back is a jump too.
 */
function jumpToTop(page: Page): Promise<{ by: number; grew: boolean }> {
  return inbox(page).log.evaluate(async (log) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const name = (row: Element): string => /Line \d+\./.exec(row.textContent ?? '')?.[0] ?? '';
    // Before the jump: on a quick machine the older messages are there within the frames of settling.
    const height = log.scrollHeight;
    log.scrollTop = 120;
    // The rows that come into sight are measured, and the virtualizer settles.
    for (let count = 0; count < 3; count += 1) await frame();
    const { top, bottom } = log.getBoundingClientRect();
    const anchor = [...log.querySelectorAll('article')].find((row) => {
      const box = row.getBoundingClientRect();
      return name(row) !== '' && box.top >= top + 8 && box.top < bottom;
    });
    if (anchor === undefined) throw new Error('there is no row in sight');
    const id = name(anchor);
    const at = anchor.getBoundingClientRect().top;
    let by = 0;
    let grew = false;
    for (let count = 0; count < 40; count += 1) {
      await frame();
      const row = [...log.querySelectorAll('article')].find((each) => name(each) === id);
      if (row === undefined) continue;
      by = Math.max(by, Math.abs(row.getBoundingClientRect().top - at));
      if (log.scrollHeight > height) grew = true;
    }
    return { by, grew };
  });
}
