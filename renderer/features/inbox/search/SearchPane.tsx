import { CircleHelp, Search, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { SearchHit } from '../../../../shared/contract/rows.ts';
import { fullTime, listTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { keysOf } from '../../../lib/shortcuts/match.ts';
import type { HitGroup } from '../../../lib/queries/search.ts';
import { groupHits, piecesOf, useSearch, wordsOf } from '../../../lib/queries/search.ts';
import { useJump } from '../../../lib/stores/jump.ts';
import { useSearching } from '../../../lib/stores/searching.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Popover } from '../../../ui/Popover.tsx';
import { useStable } from '../../../ui/useStable.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { Coverage } from './Coverage.tsx';
import styles from './SearchPane.module.css';

export interface SearchPaneProps {
  readonly openId: string | null;
  /** Shows a conversation beside the results. */
  readonly onOpen: (conversationId: string) => void;
  readonly onClose: () => void;
}

/** Search stands where the list was: a box, what was found by conversation, and how much of everything was searched. */
export function SearchPane({ openId, onOpen, onClose }: SearchPaneProps): ReactNode {
  const { text, conversationId, asked, type, everywhere } = useSearching();
  // Asked at once, not deferred: that would cost a frame before the index even knows. What was found is drawn apart, only when it changes.
  const search = useSearch(text, conversationId);
  const groups = useMemo(() => groupHits(search.data?.hits ?? []), [search.data]);
  const hits = useMemo(() => groups.flatMap((group) => group.hits), [groups]);
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const now = useNow(60_000);
  const id = useId();
  const at = Math.max(
    0,
    hits.findIndex((hit) => hit.id === activeId),
  );
  const active = hits[at];

  useEffect(() => {
    box.current?.focus();
    box.current?.select();
  }, [asked]);
  useEffect(() => {
    // Only where the keys have gone to: it makes the browser lay out at once.
    if (activeId === null) return;
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const jump = useStable((hit: SearchHit): void => {
    setActiveId(hit.id);
    if (hit.conversationId === null) return;
    onOpen(hit.conversationId);
    if (hit.type !== 'contact')
      useJump.getState().go(hit.conversationId, { messageId: hit.id }, wordsOf(text));
  });
  const move = (to: number): void => {
    const hit = hits[Math.min(hits.length - 1, Math.max(0, to))];
    if (hit !== undefined) setActiveId(hit.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'PageDown') move(at + 8);
    else if (event.key === 'PageUp') move(at - 8);
    else if (event.key === 'Enter' && active !== undefined) jump(active);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <search className={styles['pane']} aria-label={t('search.label')}>
      {/* It stands in the place of the list, whose name is the heading of the page. */}
      <h1>
        <VisuallyHidden>{t('search.label')}</VisuallyHidden>
      </h1>
      <div className={styles['head']}>
        <div className={styles['field']}>
          <Search size={16} aria-hidden="true" />
          <input
            ref={box}
            type="text"
            role="combobox"
            aria-label={conversationId === null ? t('search.placeholder') : t('search.placeholderHere')}
            aria-expanded={hits.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={active === undefined ? undefined : `${id}-${active.id}`}
            className={styles['input']}
            placeholder={conversationId === null ? t('search.placeholder') : t('search.placeholderHere')}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setActiveId(null);
              if (activeId !== null) list.current?.scrollTo(0, 0);
              type(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <Help />
        <IconButton label={t('search.close')} shortcut={keysOf('back')} onPress={onClose}>
          <X size={16} />
        </IconButton>
      </div>
      {conversationId === null ? null : (
        <div className={styles['scope']}>
          <Button size="small" variant="ghost" onPress={everywhere}>
            {t('search.everywhere')}
          </Button>
        </div>
      )}
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t('search.results')}
        aria-busy={search.isOld}
        // Reached with Tab for scrolling; the box has the keys.
        tabIndex={hits.length === 0 ? undefined : 0}
        className={cx(styles['results'], search.isOld && styles['old'])}
      >
        {groups.map((group) => (
          <Group
            key={group.key}
            group={group}
            idPrefix={id}
            active={active !== undefined && group.hits.includes(active) ? active : null}
            now={now}
            onJump={jump}
          />
        ))}
      </div>
      {hits.length > 0 || search.isOld ? null : (
        <p className={styles['none']} role="status">
          {search.failed
            ? t('search.failed')
            : search.data === undefined
              ? t('search.start')
              : t('search.none', { text: text.trim() })}
        </p>
      )}
      {search.data === undefined ? null : (
        <Coverage
          searched={search.data.searched}
          total={search.data.total}
          complete={search.data.complete}
          everything={conversationId === null}
          conversationIds={
            conversationId === null
              ? [
                  ...groups.flatMap((group) => group.conversationId ?? []),
                  ...(openId === null ? [] : [openId]),
                ]
              : [conversationId]
          }
          again={search.again}
        />
      )}
    </search>
  );
}

interface GroupProps {
  readonly group: HitGroup;
  readonly idPrefix: string;
  /** The hit of this group that the keys are at. */
  readonly active: SearchHit | null;
  readonly now: number;
  readonly onJump: (hit: SearchHit) => void;
}

const Group = memo(function Group({ group, idPrefix, active, now, onJump }: GroupProps): ReactNode {
  return (
    <div role="group" aria-label={group.contactName} className={styles['group']}>
      <div className={styles['who']} aria-hidden="true">
        <span dir="auto">{group.contactName}</span>
        <span className={styles['many']}>{t('search.hits', { count: group.hits.length })}</span>
      </div>
      {group.hits.map((hit) => (
        <Hit
          key={hit.id}
          hit={hit}
          domId={`${idPrefix}-${hit.id}`}
          isActive={hit === active}
          now={now}
          onJump={onJump}
        />
      ))}
    </div>
  );
});

interface HitProps {
  readonly hit: SearchHit;
  readonly domId: string;
  readonly isActive: boolean;
  readonly now: number;
  readonly onJump: (hit: SearchHit) => void;
}

function Hit({ hit, domId, isActive, now, onJump }: HitProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the box has the keys
    <div
      id={domId}
      role="option"
      aria-selected={isActive}
      className={cx(styles['hit'], isActive && styles['active'])}
      onClick={() => onJump(hit)}
    >
      {hit.type === 'message' ? null : <span className={styles['kind']}>{t(`search.${hit.type}`)}</span>}
      <span className={styles['snippet']} dir="auto">
        {piecesOf(hit).map((piece, index) =>
          // Pieces of one snippet never change their order.
          piece.hit ? <mark key={String(index)}>{piece.text}</mark> : piece.text,
        )}
      </span>
      <time className={styles['time']} dateTime={new Date(hit.at).toISOString()} title={fullTime(hit.at)}>
        {listTime(hit.at, now)}
      </time>
    </div>
  );
}

const OPERATORS = [
  ['"front door"', 'phrase'],
  ['-word', 'not'],
  ['from:', 'from'],
  ['in:', 'in'],
  ['label:', 'label'],
  ['assignee:', 'assignee'],
  ['is:', 'is'],
  ['has:', 'has'],
  ['before:2026-11', 'before'],
  ['after:2026-11-20', 'after'],
] as const;

function Help(): ReactNode {
  return (
    <Popover
      label={t('search.operators.title')}
      placement="bottom end"
      trigger={
        <IconButton label={t('search.help')}>
          <CircleHelp size={16} />
        </IconButton>
      }
    >
      {() => (
        <dl className={styles['help']}>
          {OPERATORS.map(([operator, words]) => (
            <div key={operator} className={styles['operator']}>
              <dt>{operator}</dt>
              <dd>{t(`search.operators.${words}`)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Popover>
  );
}
