/** The window itself: what it loads, what it may, and that it works small and from right to left. */
import { expectNoOverflow } from './fixtures/overflow.ts';
import { atInbox, inbox, openConversation, openView, signIn, signInScreen } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

test('the page loads nothing from anywhere else, and its policy would not let it', async ({ launch }) => {
  test.skip(test.info().project.name === 'electron', 'Electron serves the page by its own protocol');
  const desktop = await launch();
  const { page } = desktop;
  const origin = new URL(desktop.line.url).origin;
  const elsewhere: string[] = [];
  const violations: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:')) elsewhere.push(url);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) elsewhere.push(socket.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content.Security.Policy|Trusted/i.test(message.text()))
      violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));

  const answer = await page.reload();
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(answer?.headers()['x-content-type-options']).toBe('nosniff');

  await signInScreen(page).button.click();
  const { grid, log } = await atInbox(page);
  await openView(page, 'All');
  for (const nth of [0, 2, 4, 6, 8]) {
    await grid.getByRole('row').nth(nth).click();
    await expect(log).toBeVisible();
  }
  const tried = await page.evaluate(async () =>
    fetch('https://example.com/').then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(tried).toBe('refused');
  expect(elsewhere).toEqual([]);
  expect(violations.filter((each) => !each.includes('example.com'))).toEqual([]);
});

test('the address of the page is good for nothing without its token, nor from another origin', async ({
  launch,
  office,
  request,
}) => {
  test.skip(test.info().project.name === 'electron', 'Electron serves the page by its own protocol');
  const { line } = await launch({ gateway: office.url });
  const { origin } = new URL(line.url);
  const wrong = await request.post(`${origin}/session`, {
    headers: { origin },
    data: { token: 'not the token' },
  });
  expect(wrong.status()).toBe(403);
  const foreign = await request.get(origin, { headers: { origin: 'https://evil.example' } });
  expect(foreign.status()).toBe(403);
  const rebound = await request.get(origin, { headers: { host: 'evil.example' } });
  expect(rebound.status()).toBe(403);
  const media = await request.get(`${origin}/media/0192`);
  expect(media.status()).toBe(403);
});

test('a narrow window shows one pane at a time, and nothing sticks out', async ({ launch, office }) => {
  const { page } = await launch({ gateway: office.url });
  await signIn(page, office.ben);
  await page.setViewportSize({ width: 420, height: 700 });
  const { grid, composer, log, views, row } = inbox(page);
  await page.getByRole('button', { name: 'Views' }).click();
  await views.getByRole('link', { name: /^Unassigned/ }).click();
  await expect(views).toBeHidden();
  await row(AMIRA.name).click();
  await expect(log).toBeVisible();
  await expect(composer).toBeVisible();
  await expect(grid).toBeHidden();
  await expectNoOverflow(page, 'a thread');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await expect(send).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Back to the conversations' }).click();
  await expect(grid).toBeVisible();
  await expect(log).toBeHidden();

  // Two panes of a wider window are narrow as well.
  await page.setViewportSize({ width: 760, height: 700 });
  await row(AMIRA.name).click();
  await expect(grid).toBeVisible();
  await expect(send).toBeInViewport({ ratio: 1 });
});

test('right to left: the texts follow their own direction, and the panes the page', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const { views, grid, message, composer } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await office.post(textFrom(AMIRA, 'مرحبا، هل المصباح متوفر؟'));
  await openConversation(page, AMIRA.name);
  const text = message('مرحبا').getByText('مرحبا');
  await expect(text).toBeVisible();
  expect(await text.evaluate((it) => getComputedStyle(it).direction)).toBe('rtl');
  await composer.fill('نعم، متوفر.');
  expect(await composer.evaluate((it) => getComputedStyle(it).direction)).toBe('rtl');

  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  const left = async (it: typeof views): Promise<number> => (await it.boundingBox())?.x ?? -1;
  await expect.poll(async () => (await left(views)) > (await left(grid))).toBe(true);
  await expectNoOverflow(page, 'right to left');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(message('نعم، متوفر.')).toContainText('Sent');
});
