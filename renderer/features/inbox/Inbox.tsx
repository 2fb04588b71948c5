import { useQueryClient } from '@tanstack/react-query';
import { Menu as MenuIcon, MessagesSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { View } from '../../../shared/contract/rows.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { useLookup, useReady, useSavedViews, useSort } from '../../lib/queries/hooks.ts';
import { viewKey } from '../../lib/queries/keys.ts';
import { viewName } from '../../lib/viewName.ts';
import { followAround } from '../../lib/stores/around.ts';
import { Drafts } from '../../lib/stores/drafts.ts';
import { beforeLock } from '../../lib/lock.ts';
import { useNotices } from '../../lib/stores/notices.ts';
import { useSearching } from '../../lib/stores/searching.ts';
import { useSelection } from '../../lib/stores/selection.ts';
import { LIST, NAV, useView } from '../../lib/stores/view.ts';
import { useMediaQuery } from '../../lib/useMediaQuery.ts';
import { Drawer } from '../../ui/Drawer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Splitter } from '../../ui/Splitter.tsx';
import { SearchPane } from './search/SearchPane.tsx';
import { Banners } from './Banners.tsx';
import { PromiseBanners } from './PromiseBanners.tsx';
import { TerminationBanner } from './TerminationBanner.tsx';
import { TriageProvider } from './bulk/context.ts';
import { Overlays } from './bulk/Overlays.tsx';
import { Triage } from './bulk/triage.ts';
import { DraftsProvider } from './composer/drafts.ts';
import { ConnectionBar } from './ConnectionBar.tsx';
import { ListPane } from './conversation-list/ListPane.tsx';
import styles from './Inbox.module.css';
import { Thread } from './thread/Thread.tsx';
import { useCommands, useShortcuts } from './useShortcuts.ts';
import { ViewsNav } from './views/ViewsNav.tsx';

export interface InboxProps {
  readonly view: View;
  readonly conversationId: string | null;
  readonly hrefOf: (view: View) => string;
  /** `replace`: moving along the list does not fill the history. */
  readonly onShow: (view: View, conversationId: string | null, replace: boolean) => void;
}

/** Views, conversations, thread. Below 960 px the views are a drawer, below 720 px one pane is shown at a time. */
export function Inbox({ view, conversationId, hrefOf, onShow }: InboxProps): ReactNode {
  const compact = useMediaQuery('(max-width: 959px)');
  const narrow = useMediaQuery('(max-width: 719px)');
  const { navWidth, listWidth, setNavWidth, setListWidth } = useView();
  const lookup = useLookup();
  const bridge = useBridge();
  const drafts = useInboxDrafts();
  const grid = useRef<HTMLDivElement>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  const [drawer, setDrawer] = useState(false);
  const enterOnOpen = useRef(false);
  useViewingSignal(conversationId);

  // The rows of the list hold on to it: it stays the same whatever is open.
  const openId = useRef(conversationId);
  useLayoutEffect(() => {
    openId.current = conversationId;
  }, [conversationId]);
  const open = useCallback(
    (id: string, how: 'show' | 'enter') => {
      enterOnOpen.current = how === 'enter';
      if (id !== openId.current) onShow(view, id, openId.current !== null && !narrow);
      else if (how === 'enter') composer.current?.focus();
    },
    [narrow, onShow, view],
  );
  const back = useCallback(() => {
    if (!narrow) {
      // At once: the next key, however soon it comes, is for the list and not for the text box.
      grid.current?.focus();
      return;
    }
    onShow(view, null, false);
    // The list exists again only after this render.
    requestAnimationFrame(() => grid.current?.focus());
  }, [narrow, onShow, view]);

  // Enter in the list opens a conversation and goes on writing in it, as soon as it is there: when the box appears, or, where it stays,
  // when it has become the one of the new conversation.
  useEffect(() => {
    if (!enterOnOpen.current || composer.current === null) return;
    enterOnOpen.current = false;
    composer.current.focus();
  }, [conversationId]);
  const focusComposer = useCallback((element: HTMLTextAreaElement | null) => {
    composer.current = element;
    if (element !== null && enterOnOpen.current) {
      enterOnOpen.current = false;
      element.focus();
    }
  }, []);

  const client = useQueryClient();
  const { me } = useReady();
  const sort = useSort(view);
  const saved = useSavedViews();
  const [triage] = useState(
    () => new Triage(bridge, client, { view, sort, openId: conversationId, me, show: () => undefined }),
  );
  useEffect(() => {
    triage.stand({ view, sort, openId: conversationId, me, show: (id) => onShow(view, id, true) });
  }, [triage, view, sort, conversationId, me, onShow]);
  const showView = useCallback((next: View) => onShow(next, null, false), [onShow]);
  const openHere = useCallback((id: string) => open(id, 'show'), [open]);
  const commands = useCommands({ grid, conversationId, triage, onBack: back, onView: showView });
  useShortcuts(commands);
  const searching = useSearching((state) => state.isOpen);
  const closeSearch = useCallback(() => {
    useSearching.getState().close();
    requestAnimationFrame(() => grid.current?.focus());
  }, []);
  // A selection belongs to the view in which it was made; a search ends when a view is chosen.
  const key = viewKey(view);
  useEffect(() => {
    useSelection.getState().clear();
    useSelection.getState().point(null);
    useSearching.getState().close();
  }, [key]);
  useEffect(() => followAround(bridge), [bridge]);

  const leaveNav = useCallback(() => {
    setDrawer(false);
    useSearching.getState().close();
  }, []);
  const nav = <ViewsNav id="views" current={view} hrefOf={hrefOf} onChosen={leaveNav} />;
  // Each screen has exactly one main landmark, also when it shows the list alone.
  const ListElement = narrow ? 'main' : 'section';
  const showList = !narrow || conversationId === null;
  const showThread = !narrow || conversationId !== null;

  return (
    <DraftsProvider value={drafts}>
      <TriageProvider value={triage}>
        <div className={styles['frame']}>
          <Banners />
          <PromiseBanners />
          <TerminationBanner />
          <div className={styles['panes']}>
            {compact ? (
              <Drawer label={t('inbox.views.label')} isOpen={drawer} onOpenChange={setDrawer}>
                {nav}
              </Drawer>
            ) : (
              <div className={styles['nav']} style={{ inlineSize: navWidth }}>
                {nav}
              </div>
            )}
            {showList ? (
              <ListElement
                id="conversations"
                className={styles['list']}
                style={narrow ? undefined : { inlineSize: listWidth }}
                aria-label={viewName(view, lookup, saved)}
              >
                {compact ? null : (
                  <Splitter
                    label={t('inbox.list.navWidth')}
                    controls="views"
                    value={navWidth}
                    onChange={setNavWidth}
                    {...NAV}
                  />
                )}
                {searching ? (
                  <SearchPane openId={conversationId} onOpen={openHere} onClose={closeSearch} />
                ) : null}
                {searching ? null : (
                  <ListPane
                    view={view}
                    title={viewName(view, lookup, saved)}
                    selectedId={conversationId}
                    follow={!narrow}
                    gridRef={grid}
                    leading={
                      compact ? (
                        <IconButton label={t('inbox.views.label')} onPress={() => setDrawer(true)}>
                          <MenuIcon size={16} />
                        </IconButton>
                      ) : null
                    }
                    onOpen={open}
                    onView={showView}
                  />
                )}
              </ListElement>
            ) : null}
            {showThread ? (
              <main className={styles['main']}>
                {narrow ? null : (
                  <Splitter
                    label={t('inbox.list.width')}
                    controls="conversations"
                    value={listWidth}
                    onChange={setListWidth}
                    {...LIST}
                  />
                )}
                {conversationId === null ? (
                  <EmptyState icon={<MessagesSquare size={24} />} text={t('inbox.thread.select')} />
                ) : (
                  <Thread
                    conversationId={conversationId}
                    composerRef={composer}
                    onComposer={focusComposer}
                    alone={narrow}
                    onBack={back}
                    onLeave={() => onShow(view, null, true)}
                  />
                )}
              </main>
            ) : null}
          </div>
          <ConnectionBar />
        </div>
        <Overlays view={view} commands={commands} onView={showView} onOpen={openHere} />
      </TriageProvider>
    </DraftsProvider>
  );
}

/** Drafts of this session; saved before the window goes away. */
function useInboxDrafts(): Drafts {
  const bridge = useBridge();
  const showNotice = useNotices((state) => state.show);
  const drafts = useMemo(
    () => new Drafts(bridge, (error) => showNotice(`${t('inbox.composer.draftFailed')} ${callWords(error)}`)),
    [bridge, showNotice],
  );
  useEffect(() => {
    const flush = (): void => void drafts.flushAll();
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    // What could not be saved while the main process was away.
    const stop = bridge.onLink((link) => {
      if (link === 'open') flush();
    });
    const stopSaving = beforeLock(() => drafts.flushAll());
    return () => {
      flush();
      stop();
      stopSaving();
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
    };
  }, [bridge, drafts]);
  return drafts;
}

/** Tells colleagues which conversation is open here. */
function useViewingSignal(conversationId: string | null): void {
  const bridge = useBridge();
  useEffect(() => {
    // Lossy by nature: nobody waits for it.
    bridge.call('connection.signal', { type: 'viewing', conversationId }).catch(() => undefined);
  }, [bridge, conversationId]);
}
