/** Sound, and the hours in which there is none. */
import type { Page } from '@playwright/test';
import { Settings } from '../../shared/contract/settings.ts';
import { followCalls } from './fixtures/calls.ts';
import { inbox, openView, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';
import { goTo } from './fixtures/triage.ts';
import { textFrom } from './fixtures/webhooks.ts';
import { BRUNO } from './fixtures/workspace.ts';

test('a new message sounds, not in quiet hours, and again after them; what arrives is counted all the same', async ({
  launch,
  office,
}) => {
  const { page } = await launch({ gateway: office.url });
  const calls = await followCalls(page);
  const { row, views } = await signIn(page, office.ben);
  await listen(page);
  await openView(page, 'Mine');
  await office.post(textFrom(BRUNO, 'One'));
  await expect.poll(() => notes(page)).toBe(2);

  const quiet = page.getByRole('switch', { name: 'Quiet hours' });
  await goTo(page, '#/settings/notifications');
  await quiet.click({ force: true });
  // Around now, whatever the time is: they begin on every day.
  const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toTimeString().slice(0, 5);
  const [from, to] = [at(-60), at(60)];
  await page.getByLabel('From').fill(from);
  await page.getByLabel('To', { exact: true }).fill(to);
  await calls.answered('settings.save', (input) => {
    const { quietHours } = Settings.parse(input).notifications;
    return quietHours?.from === from && quietHours.to === to;
  });
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await office.post(textFrom(BRUNO, 'Two'));
  await openView(page, 'Unassigned');
  await expect(row(BRUNO.name)).toContainText('Two');
  await expect(views.getByRole('link', { name: /^Unassigned/ })).toContainText('3');

  await goTo(page, '#/settings/notifications');
  await quiet.click({ force: true });
  await expect(page.getByLabel('From')).toBeHidden();
  await calls.answered('settings.save', (input) => Settings.parse(input).notifications.quietHours === null);
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await openView(page, 'Mine');
  await office.post(textFrom(BRUNO, 'Three'));
  // Two notes for the first and two for the last: the one between them was silent.
  await expect.poll(() => notes(page)).toBe(4);
  await expect(inbox(page).views).toBeVisible();
});

/** Counts the notes that are played instead of playing them. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted = { notes: 0 };
    const silent = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
    class Counter {
      readonly currentTime = 0;
      readonly destination = {};
      resume(): Promise<void> {
        return Promise.resolve();
      }
      createGain(): unknown {
        return {
          gain: { ...silent, exponentialRampToValueAtTime: () => undefined },
          connect: (to: unknown) => to,
        };
      }
      createOscillator(): unknown {
        return {
          frequency: { value: 0 },
          connect: (to: unknown) => to,
          stop: () => undefined,
          start: () => {
            counted.notes += 1;
          },
        };
      }
    }
    Object.assign(window, { AudioContext: Counter, counted });
  });
}

function notes(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { counted: { notes: number } }).counted.notes);
}
