import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { ThreadItem } from '../../../../shared/contract/rows.ts';
import { previewText } from '../../../../shared/domain/message-content.ts';
import { itemId } from '../../../lib/queries/thread.ts';
import hidden from '../../../ui/VisuallyHidden.module.css';
import { kindWord } from '../kindWords.ts';

export interface AnnouncerProps {
  readonly items: ReadonlyArray<ThreadItem>;
  readonly contactName: string;
}

/** Tells a screen reader what has just come in: once, and never what only scrolled into sight. */
export function Announcer({ items, contactName }: AnnouncerProps): ReactNode {
  const newest = items.at(-1);
  const newestId = newest === undefined ? null : itemId(newest);
  const told = useRef(newestId);
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (newestId === told.current) return;
    told.current = newestId;
    if (region.current === null || newest?.type !== 'message' || newest.message.direction !== 'in') return;
    const { content } = newest.message;
    const text = previewText(content);
    region.current.textContent = `${contactName}: ${text === '' ? kindWord(content.kind) : text}`;
  }, [newest, newestId, contactName]);
  return <div ref={region} aria-live="polite" className={hidden['hidden']} />;
}
