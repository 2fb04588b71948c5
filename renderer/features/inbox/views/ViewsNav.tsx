import { ContactRound, SendHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { View, ViewCount } from '../../../../shared/contract/rows.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';
import { useConnection, useLookup, useReady, useSavedViews, useViews } from '../../../lib/queries/hooks.ts';
import { viewKey } from '../../../lib/queries/keys.ts';
import { viewName } from '../../../lib/viewName.ts';
import { cx } from '../../../ui/cx.ts';
import { LabelDot } from '../../../ui/LabelDot.tsx';
import { Logo } from '../../../ui/Logo.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { ChannelMark } from '../ChannelMark.tsx';
import { ViewIcon } from '../conversation-list/ListPane.tsx';
import { UserMenu } from './UserMenu.tsx';
import styles from './ViewsNav.module.css';

export interface ViewsNavProps {
  readonly id: string;
  readonly current: View;
  readonly hrefOf: (view: View) => string;
  /** A link was followed: the drawer of a narrow window closes. */
  readonly onChosen?: () => void;
}

const PLAIN: ReadonlyArray<View> = [
  { kind: 'mine' },
  { kind: 'unassigned' },
  { kind: 'all' },
  { kind: 'mentions' },
  { kind: 'snoozed' },
  { kind: 'closed' },
];

/** Where one can look: the fixed views, each channel, each label, with live counts. */
export const ViewsNav = memo(function ViewsNav({ id, current, hrefOf, onChosen }: ViewsNavProps): ReactNode {
  const { workspace } = useReady();
  const lookup = useLookup();
  const views = useViews() ?? [];
  const byKey = new Map(views.map((each) => [viewKey(each.view), each]));
  const channels = [...lookup.channels.values()];
  const labels = [...lookup.labels.values()].filter((label) => !label.deleted);
  const saved = useSavedViews();

  const item = (view: View): ReactNode => (
    <ViewLink
      key={viewKey(view)}
      view={view}
      counts={byKey.get(viewKey(view))}
      name={viewName(view, lookup, saved)}
      lookup={lookup}
      isCurrent={viewKey(view) === viewKey(current)}
      href={hrefOf(view)}
      onChosen={onChosen}
    />
  );

  return (
    <nav id={id} aria-label={t('inbox.views.label')} className={styles['nav']}>
      <div className={styles['head']}>
        <Logo size={20} />
        <span className={styles['workspace']} dir="auto">
          {workspace.name}
        </span>
      </div>
      <div className={styles['scroll']}>
        <ul className={styles['list']}>
          {PLAIN.map(item)}
          <OutboxLink onChosen={onChosen} />
          <li>
            <a href="#/contacts" className={styles['link']} onClick={onChosen}>
              <span className={styles['icon']}>
                <ContactRound size={16} />
              </span>
              <span className={styles['name']}>{t('contacts.title')}</span>
            </a>
          </li>
        </ul>
        <Group title={t('triage.view.title')}>
          {saved.map(({ id: each }) => item({ kind: 'saved', id: each }))}
        </Group>
        <Group title={t('inbox.views.channels')}>
          {channels.map((channel) => item({ kind: 'channel', id: channel.id }))}
        </Group>
        <Group title={t('inbox.views.labels')}>
          {labels.map((label) => item({ kind: 'label', id: label.id }))}
        </Group>
      </div>
      <UserMenu />
    </nav>
  );
});

/** Where one finds what has not been sent. */
function OutboxLink({ onChosen }: { readonly onChosen: (() => void) | undefined }): ReactNode {
  const unsent = useConnection()?.unsent ?? 0;
  return (
    <li>
      <a href="#/outbox" className={styles['link']} onClick={onChosen}>
        <span className={styles['icon']}>
          <SendHorizontal size={16} />
        </span>
        <span className={styles['name']}>{t('writing.outbox.title')}</span>
        {unsent === 0 ? null : (
          <>
            <span className={styles['count']} aria-hidden="true">
              {count(unsent)}
            </span>
            <VisuallyHidden>{t('app.connection.unsent', { count: unsent })}</VisuallyHidden>
          </>
        )}
      </a>
    </li>
  );
}

function Group({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReadonlyArray<ReactNode>;
}): ReactNode {
  if (children.length === 0) return null;
  return (
    <>
      <p className={styles['title']}>{title}</p>
      <ul className={styles['list']} aria-label={title}>
        {children}
      </ul>
    </>
  );
}

interface ViewLinkProps {
  readonly view: View;
  readonly counts: ViewCount | undefined;
  readonly name: string;
  readonly lookup: Lookup;
  readonly isCurrent: boolean;
  readonly href: string;
  readonly onChosen: (() => void) | undefined;
}

function ViewLink({ view, counts, name, lookup, isCurrent, href, onChosen }: ViewLinkProps): ReactNode {
  const total = counts?.total ?? 0;
  const unread = counts?.unread ?? 0;
  // The accent is for what waits for an answer: one's own, and what nobody has taken.
  const due = unread > 0 && ['mine', 'unassigned', 'mentions'].includes(view.kind);
  return (
    <li>
      <a
        href={href}
        className={cx(styles['link'], unread > 0 && styles['unread'], due && styles['due'])}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onChosen}
      >
        <span className={styles['icon']}>
          <Mark view={view} lookup={lookup} />
        </span>
        <span className={styles['name']} dir="auto">
          {name}
        </span>
        {total === 0 ? null : (
          <span className={styles['count']} aria-hidden="true">
            {count(total)}
          </span>
        )}
        <VisuallyHidden>{t('inbox.views.counts', { count: total, unread })}</VisuallyHidden>
      </a>
    </li>
  );
}

function Mark({ view, lookup }: { readonly view: View; readonly lookup: Lookup }): ReactNode {
  if (view.kind === 'channel') {
    const channel = lookup.channels.get(view.id);
    return channel === undefined ? null : <ChannelMark channel={channel} size={16} />;
  }
  if (view.kind === 'label') return <LabelDot colour={lookup.labels.get(view.id)?.colour ?? 'grey'} />;
  return <ViewIcon kind={view.kind} size={16} />;
}
