/** A conversation that was asked for from outside. A page that is still loading hears nothing, so it waits until it lists the inbox. */
import type { Publisher } from './publisher.ts';

export type Navigation = {
  show(conversationId: string): void;
  /** The page asked this: it is there. */
  answered(call: string): void;
};

/** What only a page with an inbox asks. */
const OF_THE_INBOX = new Set(['inbox.views', 'inbox.list']);

export function createNavigation(publisher: Publisher, ready: () => boolean): Navigation {
  let waiting: string | null = null;
  let listening = false;
  return {
    show(conversationId) {
      if (listening && ready()) publisher.publish('navigate.conversation', { conversationId });
      else waiting = conversationId;
    },
    answered(call) {
      if (!OF_THE_INBOX.has(call) || !ready()) return;
      listening = true;
      const conversationId = waiting;
      waiting = null;
      if (conversationId !== null) publisher.publish('navigate.conversation', { conversationId });
    },
  };
}
