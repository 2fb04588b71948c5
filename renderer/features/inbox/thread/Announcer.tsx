import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { ThreadItem } from '../../../../shared/contract/rows.ts';
import { previewText } from '../../../../shared/domain/message-content.ts';
import { t } from '../../../i18n/t.ts';
import { itemId } from '../../../lib/queries/thread.ts';
import hidden from '../../../ui/VisuallyHidden.module.css';
import { kindWord } from '../kindWords.ts';
import { authorName } from './authors.ts';
import { useThreadTools } from './context.ts';

export interface AnnouncerProps {
  readonly items: ReadonlyArray<ThreadItem>;
  /** The items end at the present; in the past nothing is new. */
  readonly live: boolean;
  readonly contactName: string;
  /** How many older ones were just put in front. */
  readonly olderLoaded: number;
}

/** Tells a screen reader what has just come in: once, and never what only scrolled into sight. */
export function Announcer({ items, live, contactName, olderLoaded }: AnnouncerProps): ReactNode {
  const newest = live ? items.at(-1) : undefined;
  const newestId = newest === undefined ? null : itemId(newest);
  const { lookup, meId } = useThreadTools();
  const told = useRef(newestId);
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (newestId === null || newestId === told.current) return;
    const before = told.current;
    told.current = newestId;
    // Back from the past: what was at the end is not news.
    if (before === null) return;
    if (region.current === null || newest === undefined) return;
    if (newest.type === 'note') {
      if (newest.note.authorId === meId) return;
      region.current.textContent = `${t('message.note.label')}: ${newest.note.body.slice(0, 160)}`;
      return;
    }
    if (newest.type !== 'message') return;
    const { author, content } = newest.message;
    if (author.type === 'user' && author.userId === meId) return;
    const text = previewText(content);
    const who = authorName(newest.message, { lookup, meId, contactName });
    region.current.textContent = `${who}: ${text === '' ? kindWord(content.kind) : text}`;
  }, [newest, newestId, contactName, lookup, meId]);
  useEffect(() => {
    if (olderLoaded === 0 || region.current === null) return;
    region.current.textContent = t('thread.olderLoaded', { count: olderLoaded });
  }, [olderLoaded]);
  return <div ref={region} aria-live="polite" className={hidden['hidden']} />;
}
