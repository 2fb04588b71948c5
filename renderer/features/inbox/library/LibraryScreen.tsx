import { ArrowLeft, BookText, Plus, Users, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { LibraryContent } from '../../../../shared/domain/library.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useReady } from '../../../lib/queries/hooks.ts';
import type { CannedReplyItem, MacroItem } from '../../../lib/queries/writing.ts';
import { useWritingLibrary } from '../../../lib/queries/writing.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { CannedReplyForm } from './CannedReplyForm.tsx';
import styles from './Library.module.css';
import type { Scope } from './libraryForm.ts';
import { MacroForm } from './MacroForm.tsx';

type Tab = 'replies' | 'macros';
type Item = CannedReplyItem | MacroItem;

/** Canned replies and macros: what there is, and a form for one of them. */
export function LibraryScreen({ onBack }: { readonly onBack: () => void }): ReactNode {
  const bridge = useBridge();
  const library = useWritingLibrary();
  const { me } = useReady();
  const [tab, setTab] = useState<Tab>('replies');
  const [query, setQuery] = useState('');
  /** An item, a new one, or nothing. `n` makes each new form a form of its own. */
  const [chosen, setChosen] = useState<{ readonly id: string | null; readonly n: number } | null>(null);
  const [deleting, setDeleting] = useState<Item | null>(null);
  const mayTeam = me.role !== 'agent';
  const all: ReadonlyArray<Item> = (tab === 'replies' ? library?.replies : library?.macros) ?? [];
  const shown = all.filter((item) => textOf(item).includes(query.trim().toLocaleLowerCase()));
  const item = all.find(({ id }) => id === chosen?.id) ?? null;
  const open = (id: string | null): void => setChosen({ id, n: (chosen?.n ?? 0) + 1 });

  const save = (scope: Scope, content: LibraryContent): void => {
    bridge.call('library.save', { itemId: item?.id ?? null, scope, content }).then(
      ({ itemId }) => {
        useNotices.getState().show(t('writing.library.saved'));
        setChosen((now) => (now === null ? null : { ...now, id: itemId }));
      },
      (error: unknown) => useNotices.getState().show(callWords(error)),
    );
  };
  const remove = (gone: Item): void => {
    setDeleting(null);
    bridge.call('library.delete', { itemId: gone.id }).then(
      () => setChosen(null),
      (error: unknown) => useNotices.getState().show(callWords(error)),
    );
  };

  return (
    <main className={styles['screen']}>
      <header className={styles['header']}>
        <IconButton label={t('writing.library.back')} onPress={onBack}>
          <ArrowLeft size={16} className={styles['flip']} />
        </IconButton>
        <h1 className={styles['title']}>{t('writing.library.title')}</h1>
        <Segmented
          label={t('writing.library.kind')}
          value={tab}
          segments={[
            { value: 'replies', label: t('writing.library.replies') },
            { value: 'macros', label: t('writing.library.macros') },
          ]}
          onChange={(next) => {
            setTab(next);
            setChosen(null);
            setQuery('');
          }}
        />
        <Button variant="primary" icon={<Plus size={14} />} onPress={() => open(null)}>
          {tab === 'replies' ? t('writing.library.addReply') : t('writing.library.addMacro')}
        </Button>
      </header>
      <div className={styles['panes']} data-chosen={chosen !== null || undefined}>
        <section className={styles['side']} aria-label={t(`writing.library.${tab}`)}>
          <input
            type="search"
            className={styles['search']}
            aria-label={t('writing.library.search')}
            placeholder={t('writing.library.search')}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          {groupsOf(shown).map(({ folder, items }) => (
            <div key={folder}>
              {tab === 'replies' ? (
                <h2 className={styles['folder']} dir="auto">
                  {folder === '' ? t('writing.library.noFolder') : folder}
                </h2>
              ) : null}
              <ul>
                {items.map((each) => (
                  <li key={each.id}>
                    <button
                      type="button"
                      className={cx(styles['entry'])}
                      aria-pressed={each.id === chosen?.id}
                      onClick={() => open(each.id)}
                    >
                      {each.content.kind === 'macro' ? <Zap size={14} aria-hidden="true" /> : null}
                      <span className={styles['entryTitle']} dir="auto">
                        {each.content.title}
                      </span>
                      {each.content.kind === 'canned_reply' ? (
                        <span className={styles['shortcut']}>/{each.content.shortcut}</span>
                      ) : null}
                      {each.scope === 'team' ? (
                        <span className={styles['scope']} title={t('writing.library.team')}>
                          <Users size={12} aria-label={t('writing.library.team')} role="img" />
                        </span>
                      ) : null}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ))}
          {library !== undefined && shown.length === 0 ? (
            <p className={styles['none']}>
              {all.length > 0
                ? t('writing.library.noneFits')
                : tab === 'replies'
                  ? t('writing.library.noReplies')
                  : t('writing.library.noMacros')}
            </p>
          ) : null}
        </section>
        <div className={styles['main']}>
          {chosen === null ? (
            <EmptyState icon={<BookText size={24} />} text={t('writing.library.choose')} />
          ) : tab === 'replies' ? (
            <CannedReplyForm
              key={chosen.n}
              item={item?.content.kind === 'canned_reply' ? { ...item, content: item.content } : null}
              others={library?.replies ?? []}
              mayTeam={mayTeam}
              onSave={save}
              onDelete={() => setDeleting(item)}
              onClose={() => setChosen(null)}
            />
          ) : (
            <MacroForm
              key={chosen.n}
              item={item?.content.kind === 'macro' ? { ...item, content: item.content } : null}
              mayTeam={mayTeam}
              onSave={save}
              onDelete={() => setDeleting(item)}
              onClose={() => setChosen(null)}
            />
          )}
        </div>
      </div>
      <DangerDialog
        title={t('writing.library.deleteTitle', { title: deleting?.content.title ?? '' })}
        isOpen={deleting !== null}
        onClose={() => setDeleting(null)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('writing.library.delete')}
        onAction={() => {
          if (deleting !== null) remove(deleting);
        }}
      >
        {t('writing.library.deleteText')}
      </DangerDialog>
    </main>
  );
}

function textOf({ content }: Item): string {
  const words =
    content.kind === 'macro'
      ? [content.title, content.reply ?? '']
      : [content.title, content.shortcut, content.folder, content.body];
  return words.join(' ').toLocaleLowerCase();
}

/** Items by folder, folders in their order; macros have none. */
function groupsOf(items: ReadonlyArray<Item>): { folder: string; items: Item[] }[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const folder = item.content.kind === 'macro' ? '' : item.content.folder;
    groups.set(folder, [...(groups.get(folder) ?? []), item]);
  }
  return [...groups].map(([folder, grouped]) => ({ folder, items: grouped }));
}
