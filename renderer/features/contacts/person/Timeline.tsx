import { ArrowDownLeft, ArrowUpRight, History, ShieldCheck, StickyNote } from 'lucide-react';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import type { ContactTimelineItem } from '../../../../shared/contract/contacts.ts';
import { clockTime, dayName, daysAgo, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { placeOf, usePerson, usePersonTimeline } from '../../../lib/queries/contacts.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { useJump } from '../../../lib/stores/jump.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import styles from './Timeline.module.css';
import { activityWords, kindOf, textOf, whoOf } from './timelineWords.ts';

/** Everything with a person over all conversations, newest first. */
export function Timeline({
  contactId,
  onOpen,
}: {
  readonly contactId: string;
  readonly onOpen: (conversationId: string) => void;
}): ReactNode {
  const timeline = usePersonTimeline(contactId);
  const name = usePerson(contactId).data?.contact.name ?? '';
  const lookup = useLookup();
  const now = useNow(60_000);
  const items = timeline.data;
  if (items === undefined) {
    return timeline.error === null ? null : (
      <EmptyState
        icon={<History size={24} />}
        text={callWords(timeline.error)}
        action={<Button onPress={timeline.again}>{t('contacts.table.again')}</Button>}
      />
    );
  }
  if (items.length === 0) return <EmptyState icon={<History size={24} />} text={t('person.noTimeline')} />;
  return (
    <div
      className={styles['timeline']}
      role="group"
      aria-label={t('person.page.timeline')}
      aria-busy={timeline.isLoadingMore}
    >
      {items.map((item, index) => {
        const { at, id } = placeOf(item);
        const before = items[index - 1];
        const newDay = before === undefined || daysAgo(placeOf(before).at, now) !== daysAgo(at, now);
        return (
          <Fragment key={`${item.type} ${id}`}>
            {newDay ? <h2 className={styles['day']}>{dayName(at, now)}</h2> : null}
            <Item item={item} at={at} name={name} lookup={lookup} onOpen={onOpen} />
          </Fragment>
        );
      })}
      {timeline.more ? (
        <Button size="small" isPending={timeline.isLoadingMore} onPress={timeline.loadMore}>
          {t('person.older')}
        </Button>
      ) : null}
    </div>
  );
}

interface ItemProps {
  readonly item: ContactTimelineItem;
  readonly at: number;
  readonly name: string;
  readonly lookup: Lookup;
  readonly onOpen: (conversationId: string) => void;
}

function Item({ item, at, name, lookup, onOpen }: ItemProps): ReactNode {
  const who = whoOf(item, lookup, name);
  const conversationId =
    item.type === 'message'
      ? item.message.conversationId
      : item.type === 'note'
        ? item.note.conversationId
        : item.type === 'activity'
          ? item.activity.conversationId
          : null;
  const open = (): void => {
    if (conversationId === null) return;
    onOpen(conversationId);
    if (item.type === 'message') useJump.getState().go(conversationId, { messageId: item.message.id });
  };
  return (
    <article className={styles['item']} data-type={item.type}>
      <span className={styles['icon']}>
        <Icon item={item} />
      </span>
      <div className={styles['body']}>
        <p className={styles['head']}>
          {item.type === 'activity' ? (
            <span dir="auto">{activityWords(item.activity, who, lookup)}</span>
          ) : (
            <bdi className={styles['who']}>{who}</bdi>
          )}
          {item.type === 'message' ? (
            <span className={styles['quiet']}>{lookup.channels.get(item.message.channelId)?.name}</span>
          ) : null}
          <time dateTime={new Date(at).toISOString()} title={fullTime(at)} className={styles['quiet']}>
            {clockTime(at)}
          </time>
        </p>
        <Words item={item} />
      </div>
      {conversationId === null ? null : (
        <Button size="small" variant="ghost" onPress={open}>
          {t('person.openThere')}
        </Button>
      )}
    </article>
  );
}

function Words({ item }: { readonly item: ContactTimelineItem }): ReactNode {
  switch (item.type) {
    case 'message': {
      const { content, deletedAt } = item.message;
      if (deletedAt !== null) return <p className={styles['quiet']}>{t('person.deletedMessage')}</p>;
      const text = textOf(content);
      return (
        <p className={styles['text']} dir="auto">
          {content.kind === 'text' ? null : <span className={styles['quiet']}>{kindOf(content)} </span>}
          {text}
        </p>
      );
    }
    case 'note':
      return (
        <p className={styles['text']} dir="auto">
          {item.note.body}
        </p>
      );
    case 'activity':
      return item.activity.note === null ? null : (
        <p className={styles['quiet']} dir="auto">
          {item.activity.note}
        </p>
      );
    case 'consent': {
      const { entry } = item;
      return (
        <p className={styles['text']} dir="auto">
          {t(`person.purpose.${entry.purpose}`)}: {t(`person.consentState.${entry.state}`)}
          <span className={styles['quiet']}>
            {' '}
            {t(`person.method.${entry.method}`)}
            {entry.source === '' ? null : ` · ${entry.source}`}
          </span>
        </p>
      );
    }
  }
}

function Icon({ item }: { readonly item: ContactTimelineItem }): ReactNode {
  if (item.type === 'note') return <StickyNote size={14} aria-label={t('person.noteItem')} />;
  if (item.type === 'activity') return <History size={14} aria-hidden="true" />;
  if (item.type === 'consent') return <ShieldCheck size={14} aria-hidden="true" />;
  return item.message.direction === 'in' ? (
    <ArrowDownLeft size={14} aria-label={t('person.fileIn')} />
  ) : (
    <ArrowUpRight size={14} aria-label={t('person.fileOut')} />
  );
}
