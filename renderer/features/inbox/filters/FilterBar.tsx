import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import type { ConversationFilter } from '../../../../shared/domain/conversation-filter.ts';
import { NO_FILTER } from '../../../../shared/domain/conversation-filter.ts';
import { ConversationStatus } from '../../../../shared/domain/conversation.ts';
import { timeLeft } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useCount, useLookup, useReady, useSavedViews } from '../../../lib/queries/hooks.ts';
import { useListing } from '../../../lib/stores/listing.ts';
import { useOverlay } from '../../../lib/stores/overlay.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Menu, MenuItem, MenuSection } from '../../../ui/Menu.tsx';
import { MenuButton } from '../../../ui/MenuButton.tsx';
import { filterOfView } from './filterOf.ts';
import styles from './filters.module.css';

const MINUTE = 60_000;
/** Choices in minutes. */
const CLOSING = [60, 120, 240, 720];
const WAITING = [15, 60, 240, 1440];
const FLAGS = ['unread', 'failed', 'draft', 'mentioned'] as const;
const ANY = 'any';

export interface FilterBarProps {
  readonly view: View;
  readonly onView: (view: View) => void;
}

/** Conditions that must all hold. Every choice shows at once; what is chosen can be saved as a view. */
export function FilterBar({ view, onView }: FilterBarProps): ReactNode {
  const lookup = useLookup();
  const { me } = useReady();
  const saved = useSavedViews();
  const showFilter = useListing((state) => state.showFilter);
  const openOverlay = useOverlay((state) => state.open);
  const own = view.kind === 'saved' ? saved.find(({ id }) => id === view.id)?.content.filter : undefined;
  const filter = filterOfView(view, own ?? null);
  const total = useCount(filter);
  const set = (patch: Partial<ConversationFilter>): void =>
    onView({ kind: 'filter', filter: { ...filter, ...patch } });

  const channels = [...lookup.channels.values()];
  const labels = [...lookup.labels.values()].filter((label) => !label.deleted);
  const people = [...lookup.users.values()].filter((user) => !user.disabled && user.id !== me.id);
  const teams = [...lookup.teams.values()].filter((team) => !team.deleted);
  const flags = FLAGS.filter((flag) => filter[flag] === true);

  return (
    <div className={styles['bar']} role="group" aria-label={t('triage.filter.title')}>
      <Many
        title={t('triage.filter.channel')}
        options={channels.map(({ id, name }) => ({ id, name }))}
        chosen={filter.channelIds}
        onChange={(channelIds) => set({ channelIds })}
      />
      {labels.length === 0 ? null : (
        <Many
          title={t('triage.filter.label')}
          options={labels.map(({ id, name }) => ({ id, name }))}
          chosen={filter.labelIds}
          onChange={(labelIds) => set({ labelIds })}
        />
      )}
      <One
        title={t('triage.filter.assignee')}
        chosen={assigneeKey(filter.assignee)}
        groups={[
          {
            title: t('triage.filter.assignee'),
            options: [
              { id: ANY, name: t('triage.filter.any') },
              { id: 'me', name: t('triage.filter.me') },
              { id: 'nobody', name: t('triage.filter.nobody') },
              { id: 'somebody', name: t('triage.filter.somebody') },
            ],
          },
          {
            title: t('triage.filter.teams'),
            options: teams.map(({ id, name }) => ({ id: `team ${id}`, name })),
          },
          {
            title: t('triage.filter.people'),
            options: people.map(({ id, name }) => ({ id: `user ${id}`, name })),
          },
        ]}
        onChange={(key) => set({ assignee: assigneeOf(key) })}
      />
      <Many
        title={t('triage.filter.status')}
        options={ConversationStatus.options.map((id) => ({ id, name: t(`triage.filter.${id}`) }))}
        chosen={filter.status}
        onChange={(keys) =>
          set({ status: ConversationStatus.options.filter((status) => keys.includes(status)) })
        }
      />
      <One
        title={t('triage.filter.waiting')}
        chosen={filter.waitingMinutes === null ? ANY : String(filter.waitingMinutes)}
        groups={[
          {
            title: t('triage.filter.waiting'),
            options: minutes(WAITING, (time) => t('triage.filter.waitingLonger', { time })),
          },
        ]}
        onChange={(key) => set({ waitingMinutes: key === ANY ? null : Number(key) })}
      />
      <One
        title={t('triage.filter.closing')}
        chosen={filter.windowClosingMinutes === null ? ANY : String(filter.windowClosingMinutes)}
        groups={[
          {
            title: t('triage.filter.closing'),
            options: minutes(CLOSING, (time) => t('triage.filter.closingWithin', { time })),
          },
        ]}
        onChange={(key) => set({ windowClosingMinutes: key === ANY ? null : Number(key) })}
      />
      <Many
        title={t('triage.filter.more')}
        options={FLAGS.map((id) => ({ id, name: t(`triage.filter.${id}`) }))}
        chosen={flags}
        onChange={(keys) =>
          set(Object.fromEntries(FLAGS.map((flag) => [flag, keys.includes(flag) ? true : null])))
        }
      />
      <span className={styles['end']}>
        <span className={styles['count']} role="status">
          {total === undefined ? null : t('triage.filter.count', { count: total })}
        </span>
        <Button
          size="small"
          variant="ghost"
          onPress={() => {
            onView({ kind: 'filter', filter: NO_FILTER });
            showFilter(true);
          }}
        >
          {t('triage.filter.clear')}
        </Button>
        <Button
          size="small"
          onPress={() => {
            if (view.kind !== 'filter') onView({ kind: 'filter', filter });
            openOverlay({ kind: 'saveView' });
          }}
        >
          {t('triage.filter.save')}
        </Button>
      </span>
    </div>
  );
}

interface Choice {
  readonly id: string;
  readonly name: string;
}

function minutes(values: ReadonlyArray<number>, words: (time: string) => string): Choice[] {
  return [
    { id: ANY, name: t('triage.filter.any') },
    ...values.map((value) => ({ id: String(value), name: words(timeLeft(value * MINUTE) ?? '') })),
  ];
}

function Many(props: {
  readonly title: string;
  readonly options: ReadonlyArray<Choice>;
  readonly chosen: ReadonlyArray<string>;
  readonly onChange: (chosen: string[]) => void;
}): ReactNode {
  const { title, options, chosen, onChange } = props;
  const names = options.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  return (
    <Menu
      aria-label={title}
      selectionMode="multiple"
      selectedKeys={chosen}
      onSelectionChange={(keys) =>
        onChange(keys === 'all' ? options.map(({ id }) => id) : [...keys].map(String))
      }
      trigger={<Trigger title={title} value={names.length === 0 ? null : names.join(', ')} />}
    >
      {options.map(({ id, name }) => (
        <MenuItem key={id} id={id} label={name} />
      ))}
    </Menu>
  );
}

function One(props: {
  readonly title: string;
  readonly chosen: string;
  readonly groups: ReadonlyArray<{ readonly title: string; readonly options: ReadonlyArray<Choice> }>;
  readonly onChange: (chosen: string) => void;
}): ReactNode {
  const { title, chosen, groups, onChange } = props;
  const name = groups.flatMap(({ options }) => options).find(({ id }) => id === chosen)?.name ?? null;
  return (
    <Menu aria-label={title} trigger={<Trigger title={title} value={chosen === ANY ? null : name} />}>
      {groups.map((group) =>
        group.options.length === 0 ? null : (
          <MenuSection key={group.title} title={group.title} selected={chosen} onSelect={onChange}>
            {group.options.map(({ id, name: label }) => (
              <MenuItem key={id} id={id} label={label} />
            ))}
          </MenuSection>
        ),
      )}
    </Menu>
  );
}

function Trigger({ title, value }: { readonly title: string; readonly value: string | null }): ReactNode {
  return (
    <MenuButton>
      <span className={cx(styles['choice'], value !== null && styles['on'])}>
        {value === null ? title : `${title}: ${value}`}
      </span>
      <ChevronDown size={12} aria-hidden="true" />
    </MenuButton>
  );
}

function assigneeKey(assignee: ConversationFilter['assignee']): string {
  if (assignee === null) return ANY;
  if (typeof assignee === 'string') return assignee;
  return 'userId' in assignee ? `user ${assignee.userId}` : `team ${assignee.teamId}`;
}

function assigneeOf(key: string): ConversationFilter['assignee'] {
  if (key === 'me' || key === 'nobody' || key === 'somebody') return key;
  if (key.startsWith('user ')) return { userId: key.slice(5) };
  return key.startsWith('team ') ? { teamId: key.slice(5) } : null;
}
