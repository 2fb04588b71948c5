/** Everything that the gateway remembers, opened from one data folder. The API is synchronous. */
import type { Db } from './database.ts';
import { openDatabase } from './database.ts';
import { createActivities } from './activities.ts';
import { createCatalogue } from './catalogue.ts';
import { createChanges } from './changes.ts';
import { createChannels } from './channels.ts';
import { createCommands } from './commands.ts';
import { createConsents } from './consents.ts';
import { createContactFields } from './contact-fields.ts';
import { createContacts } from './contacts.ts';
import { createContactPages } from './contact-pages.ts';
import { createConversationPages } from './conversation-pages.ts';
import { createConversations } from './conversations.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import { createDevices } from './devices.ts';
import { createErasure } from './erasure.ts';
import { createIngest } from './ingest.ts';
import { createLibrary } from './library.ts';
import { createLog } from './log.ts';
import { createMedia } from './media.ts';
import { createMerges } from './merges.ts';
import { createMessages } from './messages.ts';
import { createNotes } from './notes.ts';
import { createOptOuts } from './opt-outs.ts';
import { createOutbound } from './outbound.ts';
import { createPages } from './pages.ts';
import { createPeople } from './people.ts';
import type { WorkspaceRow } from './people.ts';
import { createPolicySigner } from './policy-signer.ts';
import { createRaw } from './raw.ts';
import { createRights } from './rights.ts';
import { createRules } from './rules.ts';
import { createSessions } from './sessions.ts';
import { createSight } from './sight.ts';
import { createStream } from './stream.ts';
import { createTeams } from './teams.ts';
import { createTerminations } from './terminations.ts';
import type { AgentVisibility } from './visibility.ts';

export type Store = ReturnType<typeof openStore>;

/** Opens the store in `dataDir` (made when missing); `:memory:` keeps it in memory. */
export function openStore(dataDir: string) {
  const db: Db = openDatabase(dataDir);
  const log = createLog(db);
  const people = createPeople(db, log);
  const channels = createChannels(db, log);
  const catalogue = createCatalogue(
    db,
    log,
    createPolicySigner(dataDir, (ws) => people.workspace(ws).id),
  );
  const contacts = createContacts(db, log);
  const activities = createActivities(db, log);
  const conversations = createConversations(db, log, activities);
  const messages = createMessages(db);
  const changes = createChanges(db, log, conversations, messages, activities);
  const teams = createTeams(db, log, { people, conversations });
  const library = createLibrary(db, log);
  const sight = createSight(db, conversations);
  const consents = createConsents(db, log, contacts);
  const merges = createMerges(db, { log, contacts, conversations, consents });
  const fields = createContactFields(db, log);
  const rights = createRights(db, log, sight);
  const rules = createRules(db, log);
  const terminations = createTerminations(db, log);
  const erasure = createErasure(db, log, contacts, rights);
  const outbound = createOutbound(db);
  const optOuts = createOptOuts({ changes, activities, consents, outbound });
  const bundled = { log, consents, merges };
  const contactPages = createContactPages(db, { ...bundled, sight });
  const raw = createRaw(db);
  const media = createMedia(db);
  const { ingest, applyEarly } = createIngest({
    db,
    log,
    channels,
    contacts,
    conversations,
    messages,
    changes,
    catalogue,
    media,
    raw,
    consents,
    merges,
    optOuts,
    erasure,
  });

  return {
    db,
    log,
    people,
    sessions: createSessions(db),
    devices: createDevices(db),
    channels,
    catalogue,
    contacts,
    conversations,
    activities,
    teams,
    library,
    sight,
    messages,
    notes: createNotes(db, log),
    changes,
    commands: createCommands(db),
    outbound,
    consents,
    merges,
    fields,
    rights,
    rules,
    terminations,
    erasure,
    raw,
    media,
    conversationPages: createConversationPages(db, bundled),
    contactPages,
    pages: createPages(db, {
      log,
      people,
      channels,
      catalogue,
      teams,
      library,
      contactPages,
      fields,
      merges,
      rights,
      rules,
      terminations,
      sight,
    }),
    stream: createStream({ ...bundled, conversations, contacts, sight }),
    ingest,
    applyEarly,
    /** Runs `work` in one transaction. */
    tx: db.tx,
    onCommit: db.onCommit,
    /** A workspace with the default policy. */
    createWorkspace(
      name: string,
      options: { id?: string; agentVisibility?: AgentVisibility } = {},
    ): WorkspaceRow {
      return db.tx(() => {
        const workspace = people.createWorkspace(name, options);
        catalogue.setPolicy(workspace.ws, DEFAULT_POLICY);
        return workspace;
      });
    },
    close(): void {
      db.close();
    },
  };
}
