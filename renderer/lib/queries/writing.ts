import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OutboxItem } from '../../../shared/contract/rows.ts';
import type { CannedReply, LibraryItem, Macro } from '../../../shared/domain/library.ts';
import { useBridge } from '../bridge/context.ts';
import { keys } from './keys.ts';

type Entry<Content> = Omit<LibraryItem, 'content'> & { readonly content: Content };
export type CannedReplyItem = Entry<CannedReply>;
export type MacroItem = Entry<Macro>;

export interface Library {
  readonly replies: ReadonlyArray<CannedReplyItem>;
  readonly macros: ReadonlyArray<MacroItem>;
}

/** Canned replies and macros, by folder and title. Undefined until they are there. */
export function useWritingLibrary(): Library | undefined {
  const bridge = useBridge();
  const { data } = useQuery({ queryKey: keys.library, queryFn: () => bridge.call('library.list', {}) });
  return useMemo(() => (data === undefined ? undefined : sorted(data)), [data]);
}

function sorted(items: ReadonlyArray<LibraryItem>): Library {
  const replies: CannedReplyItem[] = [];
  const macros: MacroItem[] = [];
  for (const { content, ...item } of items) {
    if (item.deleted) continue;
    if (content.kind === 'canned_reply') replies.push({ ...item, content });
    else if (content.kind === 'macro') macros.push({ ...item, content });
  }
  return {
    replies: replies.toSorted(
      (a, b) =>
        a.content.folder.localeCompare(b.content.folder) || a.content.title.localeCompare(b.content.title),
    ),
    macros: macros.toSorted((a, b) => a.content.title.localeCompare(b.content.title)),
  };
}

/** Everything that is unsent, in its order. */
export function useOutbox(): {
  data: ReadonlyArray<OutboxItem> | undefined;
  failed: boolean;
  again: () => void;
} {
  const bridge = useBridge();
  const query = useQuery({ queryKey: keys.outbox, queryFn: () => bridge.call('outbox.list', {}) });
  return { data: query.data, failed: query.isError, again: () => void query.refetch() };
}
