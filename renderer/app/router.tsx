import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  redirect,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useReady } from '../lib/queries/hooks.ts';
import { ContactFieldsPage, ContactsScreen } from './ContactsScreen.tsx';
import { InboxScreen } from './InboxScreen.tsx';
import { PaneError } from './PaneError.tsx';
import { DuplicatesPage, ImportPage, RightsPage } from './PeopleScreens.tsx';
import { Root } from './Root.tsx';
import { SettingsScreen } from './SettingsScreen.tsx';
import { LibraryPage, OutboxPage } from './WritingScreens.tsx';

const root = createRootRoute({ component: Root });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: Home,
});

/** Agents begin with what is theirs; who hands out the work begins with what nobody has. */
function Home(): ReactNode {
  const { me } = useReady();
  const view = me.role === 'agent' ? 'mine' : 'unassigned';
  return <Navigate to="/inbox/$view/{-$conversationId}" params={{ view }} replace />;
}

/** One route for list and thread, so that opening a conversation renders nothing but what changes. */
export const inboxRoute = createRoute({
  getParentRoute: () => root,
  path: '/inbox/$view/{-$conversationId}',
  component: InboxScreen,
});

/** A conversation by its id alone: what links from outside and notifications lead to. */
const conversation = createRoute({
  getParentRoute: () => root,
  path: '/conversation/$conversationId',
  beforeLoad: ({ params: { conversationId } }) => {
    // oxlint-disable-next-line typescript/only-throw-error -- the router's way to redirect
    throw redirect({
      to: '/inbox/$view/{-$conversationId}',
      params: { view: 'all', conversationId },
      replace: true,
    });
  },
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings/{-$section}',
  component: SettingsScreen,
});

const outbox = createRoute({ getParentRoute: () => root, path: '/outbox', component: OutboxPage });

const library = createRoute({ getParentRoute: () => root, path: '/library', component: LibraryPage });

/** The table of contacts, and one person beside it. */
const contacts = createRoute({
  getParentRoute: () => root,
  path: '/contacts/{-$contactId}',
  component: ContactsScreen,
});

const contactFields = createRoute({
  getParentRoute: () => root,
  path: '/contacts/fields',
  component: ContactFieldsPage,
});

const contactImport = createRoute({
  getParentRoute: () => root,
  path: '/contacts/import/{-$importId}',
  component: ImportPage,
});

/** `contact`: of whom; `with`: compared with whom. */
const ofPerson = ({
  contact,
  with: other,
}: Record<string, unknown>): { contact?: string; with?: string } => ({
  ...(typeof contact === 'string' ? { contact } : {}),
  ...(typeof other === 'string' ? { with: other } : {}),
});

const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/contacts/duplicates',
  validateSearch: ofPerson,
  component: DuplicatesPage,
});

const rights = createRoute({
  getParentRoute: () => root,
  path: '/contacts/rights/{-$requestId}',
  validateSearch: ofPerson,
  component: RightsPage,
});

/** Addresses live in the fragment: the page is one file, served by the app protocol or by loopback. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    inboxRoute,
    conversation,
    settings,
    outbox,
    library,
    contacts,
    contactFields,
    contactImport,
    duplicates,
    rights,
  ]),
  history: createHashHistory(),
  defaultErrorComponent: PaneError,
  // An address that is none (an old link): the inbox rather than an empty window.
  defaultNotFoundComponent: () => <Navigate to="/" replace />,
  defaultPendingMinMs: 0,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
