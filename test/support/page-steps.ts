/** Steps that several tests of the application take on a page. */
import { expect, vi } from 'vitest';
import type { ConversationRow, Draft, ThreadItem } from '../../shared/contract/rows.ts';
import type { Page } from './app-process.ts';

/** Signs in and waits until everything has been synced once. */
export async function signInAs(page: Page, gateway: string, email: string, password: string): Promise<void> {
  await page.call('session.signIn', { gateway, email, password, totp: null });
  await online(page);
}

export async function online(page: Page): Promise<void> {
  // Not expect.poll: hooks sign in too. The whole state is compared, so that a failure says since when and why it waits. As long as two
  // connections that fail one after the other: no hello for 15 s, and a wait.
  await vi.waitFor(async () => expect((await page.connection()).connection).toEqual({ state: 'online' }), {
    timeout: 90_000,
  });
}

export async function inbox(page: Page): Promise<ConversationRow[]> {
  return (await page.call('inbox.list', { view: { kind: 'all' }, sort: 'newest', after: null, limit: 100 }))
    .rows;
}

export async function thread(page: Page, conversationId: string): Promise<ThreadItem[]> {
  return (await page.call('conversation.thread', { conversationId, before: null, after: null, limit: 100 }))
    .items;
}

/** What was said, oldest first. */
export async function texts(page: Page, conversationId: string): Promise<string[]> {
  return (await thread(page, conversationId)).flatMap((item) =>
    item.type === 'message' && item.message.content.kind === 'text' ? [item.message.content.body] : [],
  );
}

export async function sendText(page: Page, conversationId: string, body: string): Promise<string> {
  const content = { kind: 'text' as const, body };
  const input = { conversationId, content, quotedMessageId: null, sendAt: null, seenRev: null };
  return (await page.call('message.send', input)).messageId;
}

export function draftOf(text: string): Draft {
  return { text, quotedMessageId: null, attachments: [] };
}
