/** An agent takes a hand-over back, in the real application process: by then the conversation is no longer on this machine. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { inbox, signInAs, texts } from '../../support/page-steps.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
let id: string;

beforeEach(async () => {
  place = await scratch();
  kit = await startKit();
  id = kit.inbound('491701', 'Is it blue?');
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

const here = async () => (await inbox(page)).map(({ conversation }) => conversation.id);
async function handOver(): Promise<string> {
  const action = { type: 'assign', assigneeId: kit.tom.id, teamId: null, note: 'please' } as const;
  const { undoId } = await page.call('conversations.apply', { conversationIds: [id], action });
  await expect.poll(here).toEqual([]);
  return undoId!;
}

test('it comes back, with its history and as unread as it was', async () => {
  kit.inbound('491701', 'Or green?');
  await expect.poll(() => texts(page, id)).toEqual(['Is it blue?', 'Or green?']);
  await page.call('undo.apply', { undoId: await handOver() });
  await expect.poll(here).toEqual([id]);
  expect((await inbox(page))[0]?.conversation).toMatchObject({ assigneeId: null, teamId: null, unread: 2 });
  await expect.poll(() => texts(page, id)).toEqual(['Is it blue?', 'Or green?']);
  await expect.poll(async () => (await page.call('diagnostics.get', {})).outbox).toBe(0);
});

test('when somebody has answered it stays, and the page is told who', async () => {
  const undoId = await handOver();
  const tom = await kit.connect(kit.tom);
  const content = { kind: 'text', body: 'Blue.' };
  await tom.command('message.send', {
    conversationId: id,
    messageId: newId(),
    content,
    quotedMessageId: null,
  });
  await page.call('undo.apply', { undoId });
  const since = { by: 'tom', what: 'answered' };
  await expect
    .poll(() => page.events.filter(({ event }) => event === 'undo.refused').map(({ data }) => data))
    .toEqual([{ conversationId: id, since }]);
  expect(await here()).toEqual([]);
  await expect.poll(async () => (await page.call('diagnostics.get', {})).outbox).toBe(0);
  expect(kit.gateway.store.conversations.get(kit.ws, id)?.assigneeId).toBe(kit.tom.id);
});
