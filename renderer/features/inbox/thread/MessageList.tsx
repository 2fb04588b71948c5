import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { ThreadPage } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { ActivityRow } from './ActivityRow.tsx';
import { estimateRow } from './estimate.ts';
import styles from './MessageList.module.css';
import { MessageRow } from './MessageRow.tsx';
import { NoteRow } from './NoteRow.tsx';
import { OlderEdge } from './OlderEdge.tsx';
import type { Row } from './rows.ts';
import { DayRow, UnreadRow } from './Separators.tsx';

export interface MessageListHandle {
  toEnd(): void;
  focus(): void;
}

export interface MessageListProps {
  readonly rows: ReadonlyArray<Row>;
  readonly older: ThreadPage['older'];
  readonly loadingOlder: boolean;
  readonly olderFailed: boolean;
  readonly now: number;
  readonly handle: Ref<MessageListHandle>;
  readonly onLoadOlder: () => void;
  /** Whether the newest message is in sight. */
  readonly onAtEnd: (atEnd: boolean) => void;
}

/** Room above the oldest row for the word about older messages. Constant, so that nothing moves when the word changes. */
const EDGE = 48;
/** Closer to the end than this counts as being there, in px. */
const NEAR_END = 64;
/** Older messages are fetched when so few rows are left above. */
const AHEAD = 8;
/** Rows out of sight are drawn so long after the first paint, in ms. */
const SETTLING = 100;

// A thread opens at its end. Knowing the height of the last one lets the first render already draw the right rows.
let lastHeight = 640;

/**
 * The thread, drawn from its end: only rows in sight exist. History put in front keeps the place to the pixel, and a thread that shows
 * its end goes on showing it. Remount it for another conversation (key).
 */
export function MessageList(props: MessageListProps): ReactNode {
  'use no memo';
  const { rows, older, loadingOlder, olderFailed, now, handle, onLoadOlder, onAtEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const placed = useRef(false);
  const ending = useRef(true);
  const lastTop = useRef(0);
  const [settled, setSettled] = useState(false);
  const [atEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(() => rows.length);

  // Rows that were put in front of what was already shown: whatever their real height turns out to be, what is below them stays in its place.
  const firstKey = rows[0]?.key;
  const [front, setFront] = useState({ firstKey, count: 0 });
  if (front.firstKey !== firstKey) {
    const added = rows.findIndex((row) => row.key === front.firstKey);
    setFront({ firstKey, count: added === -1 ? 0 : front.count + added });
  }

  const estimateSize = useCallback(
    (index: number) => (rows[index] === undefined ? 0 : estimateRow(rows[index])),
    [rows],
  );
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    // The first paint draws what is in sight; what lies around it comes right after.
    overscan: settled ? 8 : 1,
    paddingStart: EDGE,
    paddingEnd: 16,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
    initialRect: { width: 720, height: lastHeight },
    initialOffset: () => {
      let total = EDGE + 16;
      for (const row of rows) total += estimateRow(row);
      return Math.max(0, total - lastHeight);
    },
    directDomUpdates: true,
    // A row that grows (a failure with its reason, a picture) must not push the end out of sight of who is reading there.
    onChange: (_instance, scrolling) => {
      if (!scrolling && placed.current && ending.current) pinToEnd(scroller.current, lastTop.current);
    },
  });

  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = (item, _delta, instance) => {
    const offset = instance.scrollOffset ?? 0;
    return instance.itemSizeCache.has(item.key)
      ? item.end <= offset
      : item.start < offset || item.index < front.count;
  };

  useLayoutEffect(() => {
    lastHeight = scroller.current?.clientHeight ?? lastHeight;
    virtualizer.scrollToEnd();
    const marker = rows.findIndex((row) => row.type === 'unread');
    const offset = marker === -1 ? undefined : virtualizer.getOffsetForIndex(marker, 'start');
    if (offset !== undefined && offset[0] < (virtualizer.scrollOffset ?? 0)) {
      ending.current = false;
      virtualizer.scrollToIndex(marker, { align: 'start' });
    }
    // Later renders must not move the reader; what keeps the place is the virtualizer's anchor.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    // The composer grew or a line appeared above it: who was at the end stays there.
    const observer = new ResizeObserver(() => {
      if (ending.current) pinToEnd(element, lastTop.current);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLING);
    return () => clearTimeout(timer);
  }, []);

  const start = virtualizer.range?.startIndex ?? rows.length;
  useEffect(() => {
    if (!placed.current) {
      const frame = requestAnimationFrame(() => {
        placed.current = true;
        if ((virtualizer.range?.startIndex ?? rows.length) < AHEAD && older === 'cache') onLoadOlder();
      });
      return () => cancelAnimationFrame(frame);
    }
    if (start < AHEAD && older === 'cache' && !loadingOlder && !olderFailed) onLoadOlder();
    return undefined;
  }, [start, older, loadingOlder, olderFailed, onLoadOlder, virtualizer, rows.length]);

  const toEnd = useCallback(() => virtualizer.scrollToEnd(), [virtualizer]);
  useImperativeHandle(handle, () => ({ toEnd, focus: () => scroller.current?.focus() }), [toEnd]);

  const measureEnd = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    // From the element itself: the virtualizer learns of this scrolling only after React does.
    const top = element.scrollTop;
    const distance = element.scrollHeight - element.clientHeight - top;
    const near = distance <= NEAR_END;
    // Only who scrolls up leaves the end, by however little; content that grows does not count.
    if (distance <= 1) ending.current = true;
    else if (top < lastTop.current) ending.current = false;
    lastTop.current = top;
    setAtEnd(near);
    onAtEnd(near);
  }, [onAtEnd]);

  const lastKey = rows[rows.length - 1]?.key;
  const ownNewest = isOwnUnsent(rows[rows.length - 1]);
  useLayoutEffect(() => {
    // What one has just written is always shown.
    if (placed.current && ownNewest) toEnd();
  }, [lastKey, ownNewest, toEnd]);
  useEffect(() => {
    if (atEnd) setSeen(rows.length);
  }, [atEnd, rows.length]);

  // The browser would glide there, and stop half way when rows are measured that come into sight.
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Home') virtualizer.scrollToOffset(0);
    else if (event.key === 'End') toEnd();
    else return;
    event.preventDefault();
  };

  const below = Math.max(0, rows.length - seen);
  return (
    <div className={styles['frame']}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- scrolled with the keyboard */}
      <div
        ref={scroller}
        role="log"
        aria-label={t('inbox.thread.label')}
        // Virtual rows come and go while scrolling; what is new is announced by the thread, once.
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled with the keyboard
        tabIndex={0}
        className={styles['scroller']}
        onScroll={measureEnd}
        onKeyDown={onKeyDown}
      >
        <div ref={virtualizer.containerRef} className={styles['canvas']}>
          <div className={styles['edge']}>
            <OlderEdge older={older} loading={loadingOlder} failed={olderFailed} onLoad={onLoadOlder} />
          </div>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={styles['item']}
              >
                <RowOf row={row} now={now} />
              </div>
            );
          })}
        </div>
      </div>
      {atEnd ? null : (
        <button type="button" className={styles['toEnd']} onClick={toEnd}>
          <ArrowDown size={14} aria-hidden="true" />
          {below > 0 ? t('inbox.thread.newBelow', { count: below }) : t('inbox.thread.toNewest')}
        </button>
      )}
    </div>
  );
}

function RowOf({ row, now }: { readonly row: Row; readonly now: number }): ReactNode {
  switch (row.type) {
    case 'day':
      return <DayRow at={row.at} now={now} />;
    case 'unread':
      return <UnreadRow count={row.count} />;
    case 'note':
      return <NoteRow note={row.note} outbox={row.outbox} />;
    case 'activity':
      return <ActivityRow activity={row.activity} />;
    case 'message':
      return <MessageRow message={row.message} outbox={row.outbox} first={row.first} last={row.last} />;
  }
}

/** `before` is where the scroller last was: further up means that the reader is just leaving, and must not be held. */
function pinToEnd(element: HTMLElement | null, before: number): void {
  if (element === null || element.scrollTop < before - 1) return;
  if (element.scrollHeight - element.scrollTop - element.clientHeight < 1) return;
  element.scrollTop = element.scrollHeight;
}

function isOwnUnsent(row: Row | undefined): boolean {
  return (row?.type === 'message' || row?.type === 'note') && row.outbox !== null;
}
