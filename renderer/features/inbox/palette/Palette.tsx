import { useQueryClient } from '@tanstack/react-query';
import {
  BookText,
  ContactRound,
  Copy,
  Download,
  FileText,
  FolderInput,
  MessageSquareText,
  Scale,
  Search,
  SendHorizontal,
  Settings,
  SlidersHorizontal,
  UserRound,
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { useLibrary, useLookup, useReady, useSavedViews } from '../../../lib/queries/hooks.ts';
import { keys, viewKey } from '../../../lib/queries/keys.ts';
import { viewName } from '../../../lib/viewName.ts';
import type { ListPage } from '../../../lib/queries/list.ts';
import { useSearch, wordsOf } from '../../../lib/queries/search.ts';
import { isMac, printed } from '../../../lib/shortcuts/match.ts';
import { SHORTCUTS } from '../../../lib/shortcuts/table.ts';
import { useJump } from '../../../lib/stores/jump.ts';
import { useSearching } from '../../../lib/stores/searching.ts';
import type { PickerGroup, PickerOption } from '../../../ui/Picker.tsx';
import { Picker } from '../../../ui/Picker.tsx';
import { useExporting } from '../../../lib/stores/exporting.ts';
import { useTriage } from '../bulk/context.ts';
import { fitsFolded, folded } from '../bulk/fits.ts';
import { placesFor } from '../../../lib/settingsSections.ts';
import { ViewIcon } from '../conversation-list/ListPane.tsx';
import type { Commands } from '../useShortcuts.ts';
import { useRecents } from './recents.ts';

export interface PaletteProps {
  readonly commands: Commands;
  readonly onClose: () => void;
  readonly onView: (view: View) => void;
  readonly onOpen: (conversationId: string) => void;
}

interface Entry extends PickerOption {
  /** Folded words by which it is found. */
  readonly words: ReadonlyArray<string>;
  readonly run: () => void;
}

/** Places of the contact manager. */
const PLACES = [
  { id: 'contacts', words: () => t('contacts.title'), hash: '#/contacts', Icon: ContactRound },
  { id: 'duplicates', words: () => t('contacts.nav.duplicates'), hash: '#/contacts/duplicates', Icon: Copy },
  { id: 'import', words: () => t('contacts.nav.import'), hash: '#/contacts/import', Icon: FolderInput },
  { id: 'rights', words: () => t('contacts.nav.rights'), hash: '#/contacts/rights', Icon: Scale },
  { id: 'fields', words: () => t('contacts.nav.fields'), hash: '#/contacts/fields', Icon: SlidersHorizontal },
] as const;

/** Shown of each group while something is typed. */
const MOST = 7;
/**
 * Everything that can be done or gone to, by typing. What is on this page is there with the key; contacts and messages follow from the
 * index as soon as it answers, and never hold the typing up.
 */
export function Palette({ commands, onClose, onView, onOpen }: PaletteProps): ReactNode {
  const [query, setQuery] = useState('');
  // Asked at once, not deferred: that would cost a frame before the index even knows.
  const found = useSearch(query, null, 12);
  const recent = useRecents((state) => state.ids);
  const use = useRecents((state) => state.use);
  const fixed = useFixed(commands, onView);
  const conversations = useConversations(onOpen);
  const wanted = useMemo(() => folded(query), [query]);
  const empty = wanted.length === 0;

  const groups: PickerGroup[] = [];
  const add = (id: string, title: string, options: ReadonlyArray<PickerOption>): void => {
    if (options.length > 0) groups.push({ id, title, options });
  };
  const fit = (entries: ReadonlyArray<Entry>, most: number): ReadonlyArray<Entry> =>
    empty ? entries : entries.filter((entry) => fitsFolded(wanted, entry.words)).slice(0, most);

  const entries = new Map<string, Entry>();
  const keep = (list: ReadonlyArray<Entry>): ReadonlyArray<Entry> => {
    for (const entry of list) entries.set(entry.id, entry);
    return list;
  };
  const all = new Map(
    [...fixed.actions, ...fixed.views, ...fixed.macros, ...fixed.settings].map((each) => [each.id, each]),
  );
  if (empty) {
    add('recent', t('triage.palette.recent'), keep(recent.flatMap((id) => all.get(id) ?? [])));
  }
  const rest = (list: ReadonlyArray<Entry>): ReadonlyArray<Entry> =>
    empty ? list.filter(({ id }) => !recent.includes(id)) : list;
  add('actions', t('triage.palette.actions'), keep(rest(fit(fixed.actions, MOST))));
  if (!empty) add('conversations', t('triage.palette.conversations'), keep(fit(conversations, MOST)));
  add('go', t('triage.palette.go'), keep(rest(fit(fixed.views, MOST))));
  add('macros', t('triage.palette.macros'), keep(rest(fit(fixed.macros, MOST))));
  add('settings', t('triage.palette.settings'), keep(rest(fit(fixed.settings, MOST))));
  if (!empty) {
    const hits = found.data?.hits ?? [];
    const contacts = hits.flatMap((hit): Entry[] =>
      hit.type !== 'contact'
        ? []
        : [
            {
              id: `contact ${hit.id}`,
              label: hit.contactName,
              detail: hit.snippet === hit.contactName ? undefined : hit.snippet,
              icon: <UserRound size={14} />,
              words: [],
              run: () => {
                window.location.hash = `#/contacts/${encodeURIComponent(hit.id)}`;
              },
            },
          ],
    );
    // Of people who are in none of the lists that were read: whoever types a name wants to write before anything else.
    const further = hits.flatMap(({ type, conversationId, contactName }): Entry[] => {
      const id = `conversation ${conversationId}`;
      if (type !== 'contact' || conversationId === null || entries.has(id)) return [];
      const icon = <MessageSquareText size={14} />;
      return [{ id, label: contactName, icon, words: [], run: () => onOpen(conversationId) }];
    });
    const messages = hits.flatMap((hit): Entry[] => {
      const { conversationId } = hit;
      if (hit.type === 'contact' || conversationId === null) return [];
      return [
        {
          id: `message ${hit.id}`,
          label: hit.contactName,
          detail: hit.snippet,
          icon: <MessageSquareText size={14} />,
          words: [],
          run: () => {
            onOpen(conversationId);
            useJump.getState().go(conversationId, { messageId: hit.id }, wordsOf(query));
          },
        },
      ];
    });
    add('further', t('triage.palette.conversations'), keep(further.slice(0, MOST)));
    add('contacts', t('triage.palette.contacts'), keep(contacts.slice(0, MOST)));
    add('messages', t('triage.palette.messages'), keep(messages.slice(0, 5)));
    add(
      'search',
      t('search.label'),
      keep([
        {
          id: 'search for',
          label: t('triage.palette.searchFor', { text: query.trim() }),
          icon: <Search size={14} />,
          words: [],
          run: () => useSearching.getState().open(null, query.trim()),
        },
      ]),
    );
  }

  return (
    <Picker
      title={t('triage.palette.title')}
      showTitle={false}
      placeholder={t('triage.palette.search')}
      query={query}
      onQuery={setQuery}
      groups={groups}
      busy={found.isOld}
      onChoose={(id) => {
        const entry = entries.get(id);
        if (entry === undefined) return;
        if (all.has(id)) use(id);
        // Closed first: what is run may open something of its own.
        onClose();
        entry.run();
      }}
      onClose={onClose}
      empty={t('triage.palette.none')}
    />
  );
}

interface Fixed {
  readonly actions: ReadonlyArray<Entry>;
  readonly views: ReadonlyArray<Entry>;
  readonly macros: ReadonlyArray<Entry>;
  readonly settings: ReadonlyArray<Entry>;
}

function useFixed(commands: Commands, onView: PaletteProps['onView']): Fixed {
  const lookup = useLookup();
  const saved = useSavedViews();
  const library = useLibrary();
  const triage = useTriage();
  const { role } = useReady().me;
  return useMemo(() => {
    const mac = isMac();
    const actions = SHORTCUTS.flatMap((shortcut): Entry[] => {
      const command = commands[shortcut.id];
      if (command === undefined || shortcut.scope === 'go' || shortcut.id === 'palette') return [];
      const label = t(shortcut.words);
      return [
        {
          id: `action ${shortcut.id}`,
          label,
          icon: <Zap size={14} />,
          keys: printed(shortcut, mac),
          words: folded(label),
          run: () => void command(),
        },
      ];
    });
    actions.push({
      id: 'export',
      label: t('backup.export.title'),
      icon: <Download size={14} />,
      words: folded(t('backup.export.title')),
      run: () => {
        const conversationIds = triage.targets();
        if (conversationIds.length > 0)
          useExporting.getState().ask({ conversationIds: [...conversationIds] });
      },
    });
    const all: View[] = [
      ...(['mine', 'unassigned', 'all', 'mentions', 'snoozed', 'closed'] as const).map((kind) => ({ kind })),
      ...saved.map(({ id }) => ({ kind: 'saved' as const, id })),
      ...[...lookup.channels.keys()].map((id) => ({ kind: 'channel' as const, id })),
      ...[...lookup.labels.values()].flatMap(({ id, deleted }) =>
        deleted ? [] : [{ kind: 'label' as const, id }],
      ),
    ];
    const views = all.map((view): Entry => {
      const label = viewName(view, lookup, saved);
      return {
        id: `view ${viewKey(view)}`,
        label,
        icon: <ViewIcon kind={view.kind} size={14} />,
        words: folded(label),
        run: () => onView(view),
      };
    });
    const macros = library.flatMap((item): Entry[] => {
      const { content } = item;
      if (content.kind !== 'macro') return [];
      return [
        {
          id: `macro ${item.id}`,
          label: content.title,
          detail: content.reply ?? undefined,
          icon: <FileText size={14} />,
          words: folded(`${content.title} ${t('triage.palette.macros')}`),
          run: () => triage.macro(triage.targets(), item.id, content.title),
        },
      ];
    });
    const settings = [
      ...placesFor(role).map(({ id: section, title, keywords }) => {
        const label = t('triage.palette.settingsFor', { name: title() });
        return {
          id: `settings ${section}`,
          label,
          icon: <Settings size={14} />,
          words: folded(`${label} ${keywords?.() ?? ''}`),
          run: () => {
            window.location.hash = `#/settings/${section}`;
          },
        };
      }),
      ...PLACES.map(({ id, words, hash, Icon }) => {
        const label = words();
        return {
          id,
          label,
          icon: <Icon size={14} />,
          words: folded(label),
          run: () => {
            window.location.hash = hash;
          },
        };
      }),
      {
        id: 'outbox',
        label: t('writing.outbox.title'),
        icon: <SendHorizontal size={14} />,
        words: folded(t('writing.outbox.title')),
        run: () => {
          window.location.hash = '#/outbox';
        },
      },
      {
        id: 'library',
        label: t('writing.library.title'),
        icon: <BookText size={14} />,
        words: folded(t('writing.library.title')),
        run: () => {
          window.location.hash = '#/library';
        },
      },
    ];
    return { actions, views, macros, settings };
  }, [commands, lookup, saved, library, triage, onView, role]);
}

/** What has been loaded into the lists: there at once, before the index is asked. */
function useConversations(onOpen: PaletteProps['onOpen']): ReadonlyArray<Entry> {
  const client = useQueryClient();
  const lookup = useLookup();
  return useMemo(() => {
    const entries = new Map<string, Entry>();
    for (const [, page] of client.getQueriesData<ListPage>({ queryKey: keys.lists })) {
      for (const { conversation, contactName } of page?.rows ?? []) {
        if (entries.has(conversation.id)) continue;
        entries.set(conversation.id, {
          id: `conversation ${conversation.id}`,
          label: contactName,
          detail: lookup.channels.get(conversation.channelId)?.name,
          icon: <MessageSquareText size={14} />,
          words: folded(contactName),
          run: () => onOpen(conversation.id),
        });
      }
    }
    return [...entries.values()];
  }, [client, lookup, onOpen]);
}
