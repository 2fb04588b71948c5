import { create } from 'zustand';

/** Notes being written, by conversation. They leave this memory only when they are added. */
const useStore = create<{ readonly notes: ReadonlyMap<string, string> }>()(() => ({ notes: new Map() }));

/** The note being written in a conversation. `ifEmpty`: only where nothing else was written meanwhile. */
export function useNotes(conversationId: string): [string, (note: string, ifEmpty?: boolean) => void] {
  const note = useStore((state) => state.notes.get(conversationId) ?? '');
  // Bound to the conversation of its render: a refusal that comes late goes to the right one.
  return [
    note,
    (next, ifEmpty = false) => {
      const { notes } = useStore.getState();
      if (ifEmpty && (notes.get(conversationId) ?? '') !== '') return;
      useStore.setState({ notes: new Map([...notes, [conversationId, next]]) });
    },
  ];
}
