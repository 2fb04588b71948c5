/** Files besides the chooser: opened in their programs, pasted, dropped, as documents, and words for them. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { REST } from '../../renderer/lib/stores/drafts.ts';
import { inbox, openConversation, openView, signIn } from './fixtures/screens.ts';
import { BIG } from './fixtures/furniture.ts';
import { expect, test } from './fixtures/test.ts';
import { documentFrom } from './fixtures/webhooks.ts';
import { AMIRA } from './fixtures/workspace.ts';

test.use({ workspace: BIG });

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('a document is opened after a question that names it, macros with a warning, a program never', async ({
  launch,
  office,
  folder,
}) => {
  test.skip(process.platform !== 'linux', 'the program that opens files is stood in for on Linux only');
  test.skip(test.info().project.name === 'electron', 'Electron opens files by itself');
  const place = await folder('opener');
  const opened = path.join(place, 'opened');
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > "${opened}"\n`);
  await chmod(path.join(place, 'xdg-open'), 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = `${place}:${before ?? ''}`;
  const desktop = await launch({ gateway: office.url });
  process.env['PATH'] = before;
  const { page } = desktop;
  const { message } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);

  const bytes = Buffer.from('%PDF-1.7 an offer');
  office.graph.answer('/offer-1', {
    status: 200,
    body: { url: `${office.graph.origin}/file`, mime_type: 'application/pdf', id: 'offer-1' },
  });
  office.graph.answer('/file', { status: 200, headers: { 'content-type': 'application/pdf' }, bytes });
  await office.post(
    documentFrom(AMIRA, { mediaId: 'offer-1', fileName: 'offer.pdf', mimeType: 'application/pdf' }),
  );
  await message('offer.pdf').getByRole('button', { name: 'Open offer.pdf' }).click();
  const question = page.getByRole('dialog', { name: 'Open this file?' });
  await expect(question).toContainText(/offer\.pdf.{0,2} opens in the program/);
  await expect(question.getByRole('alert')).toHaveCount(0);
  await question.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(question).toBeHidden();
  await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toMatch(/\/offer\.pdf$/);
  const copy = await readFile(opened, 'utf8');
  expect(copy.startsWith(desktop.userDataDir)).toBe(true);
  expect(await readFile(copy)).toEqual(bytes);

  await office.post(
    documentFrom(AMIRA, { mediaId: 'list-1', fileName: 'list.xlsm', mimeType: 'application/vnd.ms-excel' }),
  );
  await message('list.xlsm').getByRole('button', { name: 'Open list.xlsm' }).click();
  await expect(question.getByRole('alert')).toContainText('programs of their own');
  await question.getByRole('button', { name: 'Cancel' }).click();

  await office.post(
    documentFrom(AMIRA, { mediaId: 'setup-1', fileName: 'offer.pdf.exe', mimeType: 'application/pdf' }),
  );
  await message('offer.pdf.exe').getByRole('button', { name: 'Open offer.pdf.exe' }).click();
  const refusal = page.getByRole('dialog', { name: 'This file is only saved' });
  await expect(refusal).toContainText(/offer\.pdf\.exe.{0,2} may be a program/);
  await expect(refusal.getByRole('button', { name: 'Open', exact: true })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(refusal).toBeHidden();

  // The readable copy goes with the application.
  await desktop.stop();
  await expect(readFile(copy)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('files are pasted and dropped, a picture goes as a document, and a caption is kept when its field is left', async ({
  launch,
  office,
}) => {
  const desktop = await launch({ gateway: office.url });
  const { page } = desktop;
  // The rest that typing waits for does not end: what is saved is saved because a field was left.
  await page.addInitScript((rest) => {
    const later = window.setTimeout.bind(window);
    const endless = (run: () => void, ms?: number): number => (ms === rest ? 0 : later(run, ms));
    Object.assign(window, { setTimeout: endless });
  }, REST);
  await page.reload();
  const { row } = await signIn(page, office.ben);
  await openView(page, 'Unassigned');
  await openConversation(page, AMIRA.name);
  const files = page.getByRole('list', { name: 'Files to send' });

  await give(page, 'paste', 'pasted.png');
  await expect(files.getByRole('listitem')).toHaveCount(1);
  await give(page, 'drop', 'dropped.png');
  await expect(files.getByRole('listitem')).toHaveCount(2);
  await expect(files).toContainText('Will be sent as image');
  const plan = files.getByRole('listitem').filter({ hasText: 'dropped.png' });
  await plan.getByRole('button', { name: 'Send as document' }).click();
  await expect(plan).toContainText('Will be sent as document');
  await expect(plan.getByRole('button', { name: 'Send as image' })).toBeVisible();

  // Written and left: on the disk without that rest. The list shows a draft once it is there.
  const caption = plan.getByRole('textbox', { name: 'Caption of dropped.png' });
  await caption.fill('The plan');
  await caption.blur();
  await expect(row(AMIRA.name)).toContainText('Draft');
  await desktop.kill();
  await desktop.start();
  const again = desktop.page;
  await openView(again, 'Unassigned');
  await openConversation(again, AMIRA.name);
  await expect(again.getByRole('textbox', { name: 'Caption of dropped.png' })).toHaveValue('The plan');
  await inbox(again).send.click();
  await expect(inbox(again).message('dropped.png').getByRole('button', { name: /^Save/ })).toBeVisible();
  await expect
    .poll(() => office.graph.requests.some(({ body }) => body.includes('"caption":"The plan"')), {
      timeout: 90_000,
    })
    .toBe(true);
  const kinds = office.graph.requests.flatMap(({ body }) => {
    const type = /"type":"(image|document)"/u.exec(body.toString('utf8'))?.[1];
    return type === undefined ? [] : [type];
  });
  expect(kinds.toSorted()).toEqual(['document', 'image']);
});

/** Gives the composer a file as the clipboard or the mouse does. */
async function give(page: Page, how: 'paste' | 'drop', name: string): Promise<void> {
  await inbox(page).composer.evaluate(
    (box, { how: type, name: fileName, data }) => {
      const bytes = Uint8Array.from(atob(data), (char) => char.codePointAt(0) ?? 0);
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], fileName, { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      if (type === 'paste')
        box.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: transfer }));
      else {
        box.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: transfer }));
        box.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: transfer }));
      }
    },
    { how, name, data: PIXEL },
  );
}
