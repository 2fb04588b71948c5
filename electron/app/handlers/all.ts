/** Every call of the contract with its handler; the type makes sure that none is missing. */
import type { Handlers } from '../context.ts';
import { backupHandlers } from './backup.ts';
import { auditHandlers } from './audit.ts';
import { connectionHandlers } from './connection.ts';
import { conversationHandlers } from './conversation.ts';
import { conversationsHandlers } from './conversations.ts';
import { diagnosticsHandlers } from './diagnostics.ts';
import { draftHandlers } from './draft.ts';
import { contactsHandlers } from './contacts.ts';
import { importsHandlers } from './imports.ts';
import { inboxHandlers } from './inbox.ts';
import { keyHandlers } from './key.ts';
import { libraryHandlers } from './library.ts';
import { linkHandlers } from './link.ts';
import { mediaHandlers } from './media.ts';
import { messageHandlers } from './message.ts';
import { outboxHandlers } from './outbox.ts';
import { peopleHandlers } from './people.ts';
import { retentionHandlers } from './retention.ts';
import { rightsHandlers } from './rights.ts';
import { searchHandlers } from './search.ts';
import { securityHandlers } from './security.ts';
import { sessionHandlers } from './session.ts';
import { settingsHandlers } from './settings.ts';
import { terminationHandlers } from './termination.ts';

export const handlers: Handlers = {
  ...backupHandlers,
  ...auditHandlers,
  ...connectionHandlers,
  ...contactsHandlers,
  ...conversationHandlers,
  ...conversationsHandlers,
  ...diagnosticsHandlers,
  ...draftHandlers,
  ...importsHandlers,
  ...inboxHandlers,
  ...keyHandlers,
  ...libraryHandlers,
  ...linkHandlers,
  ...mediaHandlers,
  ...messageHandlers,
  ...outboxHandlers,
  ...peopleHandlers,
  ...retentionHandlers,
  ...rightsHandlers,
  ...searchHandlers,
  ...securityHandlers,
  ...sessionHandlers,
  ...settingsHandlers,
  ...terminationHandlers,
};
