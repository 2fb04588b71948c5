import { createContext, useContext } from 'react';
import type { OutboxStatus } from '../../../../shared/contract/rows.ts';
import type { ContactCard, MediaRef } from '../../../../shared/domain/message-content.ts';
import type { Message } from '../../../../shared/domain/message.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';

/** What every row of a thread may need. One stable object per thread, so that memoised rows stay memoised. */
export interface ThreadTools {
  readonly lookup: Lookup;
  readonly meId: string;
  readonly contactName: string;
  /** What the channel takes. */
  readonly can: { readonly react: boolean; readonly quote: boolean };
  /** Retries a failed or held message, as the same message. `anyway`: without the two guards for people. */
  retry(messageId: string, anyway?: boolean): void;
  /** Throws a held or scheduled message away. */
  discard(messageId: string): void;
  /** Takes an unsent message back into the composer. */
  edit(message: Message): void;
  /** Sends a scheduled message at once. */
  sendNow(message: Message): void;
  /** Asks whether to open an address outside. */
  openLink(url: string): void;
  /** Answers a message: the composer quotes it. */
  reply(messageId: string): void;
  react(messageId: string, emoji: string | null): void;
  jumpTo(messageId: string): void;
  /** Opens the viewer at this picture. */
  openPicture(mediaId: string): void;
  /** Asks whether to open a file in another program. */
  openFile(media: MediaRef): void;
  /** Opens what hangs on a message: its menu, the reactions, its earlier versions. */
  open(what: 'menu' | 'react' | 'revisions', target: MenuTarget, anchor: Element): void;
  addContact(card: ContactCard): Promise<void>;
}

export interface MenuTarget {
  readonly message: Message;
  readonly outbox: OutboxStatus | null;
}

const ThreadContext = createContext<ThreadTools | null>(null);

export const ThreadToolsProvider = ThreadContext.Provider;

export function useThreadTools(): ThreadTools {
  const tools = useContext(ThreadContext);
  if (tools === null) throw new Error('useThreadTools outside of a thread');
  return tools;
}

/** Folded words to mark; the same array as long as nothing changes. */
export const NO_TERMS: ReadonlyArray<string> = [];
const TermsContext = createContext<ReadonlyArray<string>>(NO_TERMS);
export const TermsProvider = TermsContext.Provider;
export function useTerms(): ReadonlyArray<string> {
  return useContext(TermsContext);
}
