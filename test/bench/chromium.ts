/** A real Chromium for the page's figures. */
import process from 'node:process';
import { chromium, type Browser, type Page } from '@playwright/test';
import { lookForChromium } from '../../build/setup/chromium.mjs';

/** `uncapped`: frames follow each other without waiting for a screen, so that the time between two is the work of one. */
export async function launchChromium(
  options: { uncapped?: boolean } = {},
): Promise<Browser | { skipped: string }> {
  const found = lookForChromium();
  if ('whyNot' in found) return { skipped: found.whyNot };
  const args = ['--disable-background-timer-throttling', '--disable-renderer-backgrounding'];
  if (options.uncapped === true) args.push('--disable-gpu-vsync', '--disable-frame-rate-limit');
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return chromium.launch({ executablePath: found.path, args });
}

export const LIST = '[role="grid"][aria-label="Conversations"]';
export const LIST_ROWS = `${LIST} [role="row"]`;
export const THREAD = '[role="log"][aria-label="Messages"]';

/** What an inbox without a conversation says, in words of its own. */
export const EMPTY_INBOX = 'text=No conversation is assigned to you.';

/** The list of all open conversations instead of one's own. */
export async function showAll(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByText('All', { exact: true }).click();
  await page.locator(`${LIST}[data-view="all"] [role="row"]`).first().waitFor();
}

/** Opens the page and waits until the inbox shows rows. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await emptyPage(browser);
  await page.goto(url);
  await page.locator(LIST_ROWS).first().waitFor();
  return page;
}

/** Signs in to an application that nobody has signed in to, and waits until the inbox is there. */
export async function signInAndShow(browser: Browser, url: string): Promise<Page> {
  const page = await emptyPage(browser);
  await page.goto(url);
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@bench.example');
  await page.getByRole('textbox', { name: 'Password' }).fill('bench');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  return page;
}

async function emptyPage(browser: Browser): Promise<Page> {
  // The floor is written by innerHTML, which the page's content security policy forbids.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  // A busy machine is slow, not broken.
  page.setDefaultTimeout(90_000);
  return page;
}
