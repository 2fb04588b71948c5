import { Ban, Forward, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { OutboxStatus } from '../../../../shared/contract/rows.ts';
import type { Message } from '../../../../shared/domain/message.ts';
import { clockTime, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { cx } from '../../../ui/cx.ts';
import { authorName } from './authors.ts';
import { Carried } from './Carried.tsx';
import { useThreadTools } from './context.ts';
import { Failure } from './Failure.tsx';
import { Content } from './kinds/Content.tsx';
import { Referral } from './kinds/Referral.tsx';
import styles from './MessageRow.module.css';
import { QuoteBlock } from './QuoteBlock.tsx';
import { Reactions } from './Reactions.tsx';
import { Scheduled } from './Scheduled.tsx';
import type { Shown } from './status.ts';
import { shownStatus } from './status.ts';
import { SystemRow } from './SystemRow.tsx';
import { Ticks } from './Ticks.tsx';

export interface MessageRowProps {
  readonly message: Message;
  readonly outbox: OutboxStatus | null;
  readonly first: boolean;
  readonly last: boolean;
}

/** Always with their word, also in the middle of a group. */
const LOUD: ReadonlySet<Shown['kind']> = new Set(['failed', 'held', 'scheduled']);

/** One message: bubble, what hangs on it, and how far it got. Plain elements only, because it is rendered by the hundred. */
export const MessageRow = memo(function MessageRow({
  message,
  outbox,
  first,
  last,
}: MessageRowProps): ReactNode {
  const tools = useThreadTools();
  if (message.content.kind === 'system') return <SystemRow message={message} />;
  const shown = message.direction === 'out' ? shownStatus(message, outbox) : null;
  const bare = message.content.kind === 'sticker' && message.deletedAt === null;
  const author = authorName(message, tools);
  const full = fullTime(message.sentAt);
  return (
    <article
      className={cx(
        styles['row'],
        styles[message.direction],
        first && styles['first'],
        last && styles['last'],
      )}
      aria-label={`${author}, ${full}`}
      data-message={message.id}
      tabIndex={-1}
    >
      {first && message.direction === 'out' && !isMine(message, tools.meId) ? (
        <span className={styles['author']}>{author}</span>
      ) : null}
      <div className={cx(styles['bubble'], bare && styles['bare'])} data-bubble>
        <Above message={message} />
        {message.deletedAt !== null ? <Deleted message={message} /> : <Content content={message.content} />}
        <span className={styles['meta']}>
          {message.editedAt === null ? null : <Edited message={message} outbox={outbox} />}
          <time dateTime={new Date(message.sentAt).toISOString()} title={full}>
            {clockTime(message.sentAt)}
          </time>
          {outbox === null ? null : <Carried content={message.content} />}
          {shown === null ? null : <Ticks shown={shown} withWord={last || LOUD.has(shown.kind)} />}
        </span>
      </div>
      {message.reactions.length === 0 ? null : (
        <Reactions messageId={message.id} reactions={message.reactions} />
      )}
      {shown?.kind === 'failed' || shown?.kind === 'held' ? (
        <Failure shown={shown} message={message} />
      ) : null}
      {shown?.kind === 'scheduled' ? <Scheduled at={shown.at} message={message} /> : null}
    </article>
  );
});

function Above({ message }: { readonly message: Message }): ReactNode {
  return (
    <>
      {message.forwarded === 'no' ? null : (
        <span className={styles['mark']}>
          <Forward size={12} aria-hidden="true" />
          {message.forwarded === 'many' ? t('message.forwardedMany') : t('message.forwarded')}
        </span>
      )}
      {message.referral === null ? null : <Referral referral={message.referral} />}
      {message.quote === null ? null : <QuoteBlock quote={message.quote} />}
    </>
  );
}

/** "Edited", and what it said before. */
function Edited({
  message,
  outbox,
}: {
  readonly message: Message;
  readonly outbox: OutboxStatus | null;
}): ReactNode {
  const { open } = useThreadTools();
  const title = message.editedAt === null ? undefined : fullTime(message.editedAt);
  const words = (
    <>
      <Pencil size={11} aria-hidden="true" />
      {t('message.edited')}
    </>
  );
  if (message.revisions.length === 0) {
    return (
      <span className={styles['mark']} title={title}>
        {words}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={cx(styles['mark'], styles['markButton'])}
      title={title}
      aria-haspopup="dialog"
      onClick={(event) => open('revisions', { message, outbox }, event.currentTarget)}
    >
      {words}
    </button>
  );
}

/** What was deleted stays readable only where the gateway kept it. */
function Deleted({ message }: { readonly message: Message }): ReactNode {
  const { content } = message;
  const kept = content.kind === 'text' ? content.body : null;
  return (
    <>
      <span className={styles['mark']}>
        <Ban size={12} aria-hidden="true" />
        {message.deletedBy === 'business' ? t('message.deletedByBusiness') : t('message.deletedByContact')}
      </span>
      {kept === null || kept === '' ? null : <s className={styles['deleted']}>{kept}</s>}
    </>
  );
}

/** One's own messages need no name over them. */
function isMine(message: Message, meId: string): boolean {
  return message.author.type === 'user' && message.author.userId === meId;
}
