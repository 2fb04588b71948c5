import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import type { KeyboardEvent, MouseEvent, PointerEvent, ReactNode, Ref } from 'react';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ThreadPage } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { cx } from '../../../ui/cx.ts';
import { useThreadTools } from './context.ts';
import { estimateRow } from './estimate.ts';
import styles from './MessageList.module.css';
import { OlderEdge } from './OlderEdge.tsx';
import { EDGE, goesAlong, measureNew, pinToEnd, useFront, useMeasuring } from './place.ts';
import { RowOf } from './RowOf.tsx';
import type { Row } from './rows.ts';
import {
  bubbleOf,
  focusRow,
  indexOf,
  insetOf,
  isArticle,
  isTextMenu,
  newBelow,
  nextReadable,
} from './rowTargets.ts';
import { RowTools } from './RowTools.tsx';
import { DayRow } from './Separators.tsx';

export interface MessageListHandle {
  toEnd(): void;
  focus(): void;
  /** Brings a row into the middle and marks it for a moment; false when it is not among the rows. */
  show(key: string): boolean;
}

export interface MessageListProps {
  readonly rows: ReadonlyArray<Row>;
  readonly older: ThreadPage['older'];
  readonly loadingOlder: boolean;
  readonly olderFailed: boolean;
  /** There are newer messages than the last row: the thread stands in its past. */
  readonly newer: boolean;
  /** Row to open at, after a jump; null opens at the end. */
  readonly openAt: string | null;
  readonly now: number;
  readonly handle: Ref<MessageListHandle>;
  readonly onLoadOlder: () => void;
  readonly onLoadNewer: () => void;
  /** Leaves the past. */
  readonly onNewest: () => void;
  /** Whether the newest message is in sight. */
  readonly onAtEnd: (atEnd: boolean) => void;
}

/** Closer to the end than this counts as being there, in px. */
const NEAR_END = 64;
/** Older messages are fetched when so few rows are left above. */
const AHEAD = 8;
/** Rows out of sight are drawn so long after the first paint, in ms. */
const SETTLING = 100;
/** The row that was jumped to stays marked so long, in ms. */
const FLASH = 2_000;

// A thread opens at its end. Knowing the height of the last one lets the first render already draw the right rows.
let lastHeight = 640;

/**
 * The thread, drawn from its end: only rows in sight exist. History put in front keeps the place to the pixel, and a thread that shows
 * its end goes on showing it. Remount it for another conversation (key).
 */
export function MessageList(props: MessageListProps): ReactNode {
  'use no memo';
  const { rows: all, older, loadingOlder, olderFailed, newer, openAt, now, handle } = props;
  const { onLoadOlder, onLoadNewer, onNewest, onAtEnd } = props;
  const tools = useThreadTools();
  // The day at the very top belongs to the oldest row: that one is still there when older rows come, and the view has something to hold on to.
  const top = older !== 'cache' && all[0]?.type === 'day' ? all[0] : null;
  const rows = useMemo(() => (top === null ? all : all.slice(1)), [all, top]);
  const scroller = useRef<HTMLDivElement>(null);
  const placed = useRef(false);
  const ending = useRef(openAt === null);
  // The page that brings the present is still put behind by somebody who reads in the past.
  const wasNewer = useRef(newer);
  const triedTop = useRef(false);
  const lastTop = useRef(0);
  const [settled, setSettled] = useState(false);
  const [atEnd, setAtEnd] = useState(openAt === null);
  const [flash, setFlash] = useState(openAt);
  const [hot, setHot] = useState<Hot | null>(null);
  // Key of the newest row that was in sight: history put in front is not news.
  const [seen, setSeen] = useState(() => rows[rows.length - 1]?.key);

  const front = useFront(rows);

  const estimateSize = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? 0 : estimateRow(row) + (index === 0 && top !== null ? estimateRow(top) : 0);
    },
    [rows, top],
  );
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    measureElement: useMeasuring(),
    // The first paint draws what is in sight; what lies around it comes right after.
    overscan: settled ? 8 : 1,
    paddingStart: EDGE,
    paddingEnd: 16,
    anchorTo: 'end',
    followOnAppend: !newer && !wasNewer.current,
    scrollEndThreshold: newer ? 0 : NEAR_END,
    initialRect: { width: 720, height: lastHeight },
    initialOffset: () => {
      let total = EDGE + 16;
      for (const row of rows) {
        if (row.key === openAt) return Math.max(0, total - 16 - lastHeight / 2);
        total += estimateRow(row);
      }
      return Math.max(0, total - lastHeight);
    },
    directDomUpdates: true,
    // A row that grows (a failure with its reason, a picture) must not push the end out of sight of who is reading there.
    onChange: (_instance, scrolling) => {
      if (!scrolling && placed.current && ending.current && !newer)
        pinToEnd(scroller.current, lastTop.current);
    },
  });

  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = (item, delta, instance) =>
    goesAlong(item, delta, instance, front);

  // Rows that come while one scrolls would be measured only after they were painted, and what is below them would jump.
  useLayoutEffect(() => {
    // After the commit: no render can be forced inside of one.
    queueMicrotask(() => measureNew(virtualizer));
  });
  const { seam } = front;
  useLayoutEffect(() => {
    if (seam !== undefined) queueMicrotask(() => measureNew(virtualizer, seam));
  }, [seam, virtualizer]);

  useLayoutEffect(() => {
    lastHeight = scroller.current?.clientHeight ?? lastHeight;
    const place = openAt === null ? -1 : rows.findIndex((row) => row.key === openAt);
    if (place !== -1) {
      virtualizer.scrollToIndex(place, { align: 'center' });
      return;
    }
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
      if (ending.current && !wasNewer.current) pinToEnd(element, lastTop.current);
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

  const end = virtualizer.range?.endIndex ?? rows.length;
  useEffect(() => {
    if (placed.current && newer && end > rows.length - AHEAD) onLoadNewer();
  }, [end, newer, rows.length, onLoadNewer]);
  useEffect(() => {
    wasNewer.current = newer;
  }, [newer]);

  useEffect(() => {
    if (flash === null) return undefined;
    const timer = setTimeout(() => setFlash(null), FLASH);
    return () => clearTimeout(timer);
  }, [flash]);

  const toEnd = useCallback(() => {
    if (newer) onNewest();
    else virtualizer.scrollToEnd();
  }, [newer, onNewest, virtualizer]);
  const show = useCallback(
    (key: string): boolean => {
      const index = rows.findIndex((row) => row.key === key);
      if (index === -1) return false;
      ending.current = false;
      virtualizer.scrollToIndex(index, { align: 'center' });
      setFlash(key);
      return true;
    },
    [rows, virtualizer],
  );
  useImperativeHandle(handle, () => ({ toEnd, show, focus: () => scroller.current?.focus() }), [toEnd, show]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = indexOf(event.target);
    // Only on the log itself or a message: not inside of what a message holds (a link, a player).
    if (event.target !== event.currentTarget && (at === null || !isArticle(event.target))) return;
    const row = at === null ? undefined : rows[at];
    if (event.key === 'Home') {
      virtualizer.scrollToOffset(0);
      focusRow(scroller, nextReadable(rows, -1, 1));
    } else if (event.key === 'End') {
      toEnd();
      focusRow(scroller, nextReadable(rows, rows.length, -1));
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const step = event.key === 'ArrowUp' ? -1 : 1;
      const from =
        at ??
        (step === -1
          ? (virtualizer.range?.endIndex ?? rows.length - 1) + 1
          : (virtualizer.range?.startIndex ?? 0) - 1);
      const next = nextReadable(rows, from, step);
      if (next !== null) {
        ending.current = false;
        virtualizer.scrollToIndex(next, { align: 'auto' });
        focusRow(scroller, next);
      }
    } else if (
      row?.type === 'message' &&
      (event.key === 'Enter' || event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10'))
    ) {
      tools.open('menu', row, bubbleOf(event.target));
    } else if (row?.type === 'message' && event.key === 'r' && tools.can.quote) tools.reply(row.message.id);
    else if (row?.type === 'message' && event.key === '+' && tools.can.react) {
      tools.open('react', row, bubbleOf(event.target));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerOver = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.pointerType !== 'mouse') return;
    const index = indexOf(event.target);
    const row = index === null ? undefined : rows[index];
    const key = row?.type === 'message' && row.message.content.kind !== 'system' ? row.key : null;
    if (key === (hot?.key ?? null)) return;
    setHot(key === null ? null : { key, inset: insetOf(event.target) });
  };

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
    setAtEnd(near && !newer);
    onAtEnd(near && !newer);
    // At the very top the gateway is asked without a press, once for each time that somebody comes there.
    if (top > EDGE * 2) triedTop.current = false;
    else if (
      placed.current &&
      older === 'gateway' &&
      !loadingOlder &&
      !olderFailed &&
      !triedTop.current &&
      distance > 1
    ) {
      triedTop.current = true;
      onLoadOlder();
    }
  }, [loadingOlder, newer, older, olderFailed, onAtEnd, onLoadOlder]);

  const lastKey = rows[rows.length - 1]?.key;
  const ownNewest = isOwnUnsent(rows[rows.length - 1]);
  useLayoutEffect(() => {
    // What one has just written is always shown.
    if (placed.current && ownNewest && !newer) toEnd();
  }, [lastKey, ownNewest, newer, toEnd]);
  useEffect(() => {
    if (atEnd) setSeen(lastKey);
  }, [atEnd, lastKey]);

  // The browser would glide there, and stop half way when rows are measured that come into sight.
  const onContextMenu = (event: MouseEvent<HTMLDivElement>): void => {
    const index = indexOf(event.target);
    const row = index === null ? undefined : rows[index];
    // Selected text and links keep the menu of the system.
    if (row?.type !== 'message' || isTextMenu(event.target)) return;
    event.preventDefault();
    tools.open('menu', row, bubbleOf(event.target));
  };

  const below = atEnd ? 0 : newBelow(rows, seen);
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
        onPointerOver={onPointerOver}
        onPointerLeave={() => setHot(null)}
        onContextMenu={onContextMenu}
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
                className={cx(styles['item'], row.key === flash && styles['flash'])}
              >
                {item.index === 0 && top !== null ? <DayRow at={top.at} now={now} /> : null}
                <RowOf row={row} now={now} />
                {hot?.key === row.key && row.type === 'message' ? (
                  <RowTools target={row} inset={hot.inset} />
                ) : null}
              </div>
            );
          })}
        </div>
      </div>
      {atEnd ? null : (
        <button type="button" className={styles['toEnd']} onClick={toEnd}>
          <ArrowDown size={14} aria-hidden="true" />
          {newer
            ? t('thread.backToNewest')
            : below > 0
              ? t('inbox.thread.newBelow', { count: below })
              : t('inbox.thread.toNewest')}
        </button>
      )}
    </div>
  );
}

/** The message under the pointer. */
interface Hot {
  readonly key: string;
  readonly inset: number;
}

function isOwnUnsent(row: Row | undefined): boolean {
  return (row?.type === 'message' || row?.type === 'note') && row.outbox !== null;
}
