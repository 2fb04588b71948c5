/** Workspaces and their users. */
import { newId } from '../../shared/domain/id.ts';
import type { Notice, Role, User, Workspace } from '../../shared/domain/workspace.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import type { AgentVisibility, Viewer } from './visibility.ts';

/** A workspace with its number in this store (`ws` everywhere else). */
export type WorkspaceRow = Workspace & { ws: number; agentVisibility: AgentVisibility };
/** What a sign-in needs; never leaves the server. */
export type Credentials = {
  userId: string;
  ws: number;
  passwordHash: string;
  totpSecret: string | null;
  totpCounter: number;
  disabled: boolean;
};

type DbWorkspace = { num: number; id: string; name: string; agent_visibility: AgentVisibility };
type DbUser = { ws: number; agent_visibility: AgentVisibility; state: string };

const NO_TEAMS: ReadonlyMap<string, number> = new Map();

export type People = ReturnType<typeof createPeople>;

export function createPeople(db: Db, log: Log) {
  const insertWorkspace = db.prepare<{ num: number }>(
    'INSERT INTO workspaces (id, name, agent_visibility) VALUES (?, ?, ?) RETURNING num',
  );
  const workspaces = db.prepare<DbWorkspace>(
    'SELECT num, id, name, agent_visibility FROM workspaces ORDER BY num',
  );
  const workspace = db.prepare<DbWorkspace>(
    'SELECT num, id, name, agent_visibility FROM workspaces WHERE num = ?',
  );
  const setVisibility = db.prepare('UPDATE workspaces SET agent_visibility = ? WHERE num = ?');
  const insertUser = db.prepare(
    'INSERT INTO users (id, ws, email, password_hash, totp_secret, state) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const saveUser = db.prepare('UPDATE users SET state = ? WHERE id = ?');
  const userById = db.prepare<DbUser>(
    'SELECT u.ws, w.agent_visibility, u.state FROM users u JOIN workspaces w ON w.num = u.ws WHERE u.id = ?',
  );
  const usersOf = db.prepare<{ state: string }>('SELECT state FROM users WHERE ws = ? ORDER BY id');
  const byEmail = db.prepare<{
    id: string;
    ws: number;
    password_hash: string;
    totp_secret: string | null;
    totp_counter: number;
    state: string;
  }>('SELECT id, ws, password_hash, totp_secret, totp_counter, state FROM users WHERE email = ?');
  const teamsOf = db.prepare<{ team_id: string; since: number }>(
    'SELECT team_id, since FROM team_members WHERE user_id = ?',
  );
  const useTotp = db.prepare('UPDATE users SET totp_counter = ? WHERE id = ? AND totp_counter < ?');
  const setSecret = db.prepare('UPDATE users SET totp_secret = ?, totp_counter = -1 WHERE id = ?');
  const setPassword = db.prepare('UPDATE users SET password_hash = ? WHERE id = ?');

  function user(id: string): User | null {
    const row = userById.get(id);
    return row === undefined ? null : (JSON.parse(row.state) as User);
  }

  /** Writes a user's new state with its event. `addressed`: what the user may see has changed as well. */
  function change(
    id: string,
    fields: Partial<Omit<User, 'id' | 'rev'>>,
    addressed: boolean,
    at: number,
  ): User {
    const row = userById.get(id);
    if (row === undefined) throw new Error('no such user');
    const before = JSON.parse(row.state) as User;
    return db.tx(() => {
      let state = '';
      log.append(row.ws, at, 'user.changed', {}, (seq) => {
        state = JSON.stringify({ ...before, ...fields, rev: seq } satisfies User);
        return `{"user":${state}}`;
      });
      saveUser.run(state, id);
      if (addressed) {
        log.append(row.ws, at, 'access.changed', { addressee: id }, () => JSON.stringify({ userId: id }));
      }
      return JSON.parse(state) as User;
    });
  }

  return {
    createWorkspace(
      name: string,
      options: { id?: string; agentVisibility?: AgentVisibility } = {},
    ): WorkspaceRow {
      const id = options.id ?? newId();
      const agentVisibility = options.agentVisibility ?? 'assigned_and_queue';
      const row = insertWorkspace.get(id, name, agentVisibility);
      if (row === undefined) throw new Error('the workspace was not made');
      return { ws: row.num, id, name, agentVisibility };
    },
    workspaces(): WorkspaceRow[] {
      return workspaces.all().map(workspaceOf);
    },
    workspace(ws: number): WorkspaceRow {
      const row = workspace.get(ws);
      if (row === undefined) throw new Error('no such workspace');
      return workspaceOf(row);
    },
    /** Changes what agents see; each agent of the workspace is told to start a new first sync. */
    setAgentVisibility(ws: number, value: AgentVisibility, at: number = Date.now()): void {
      db.tx(() => {
        setVisibility.run(value, ws);
        for (const { state } of usersOf.all(ws)) {
          const { id, role } = JSON.parse(state) as User;
          if (role !== 'agent') continue;
          log.append(ws, at, 'access.changed', { addressee: id }, () => JSON.stringify({ userId: id }));
        }
      });
    },
    /** `passwordHash` comes from `hashPassword`. `channelIds` null: all channels. `totpSecret`: base32 or null. */
    createUser(
      ws: number,
      fields: {
        id?: string;
        name: string;
        email: string;
        role: Role;
        channelIds?: string[] | null;
        passwordHash: string;
        totpSecret?: string | null;
      },
      at: number = Date.now(),
    ): User {
      return db.tx(() => {
        const fresh = {
          id: fields.id ?? newId(),
          name: fields.name,
          email: normaliseEmail(fields.email),
          role: fields.role,
          channelIds: fields.channelIds ?? null,
          disabled: false,
        };
        let state = '';
        log.append(ws, at, 'user.changed', {}, (seq) => {
          state = JSON.stringify({ ...fresh, rev: seq } satisfies User);
          return `{"user":${state}}`;
        });
        insertUser.run(fresh.id, ws, fresh.email, fields.passwordHash, fields.totpSecret ?? null, state);
        return JSON.parse(state) as User;
      });
    },
    user,
    users(ws: number): User[] {
      return usersOf.all(ws).map((row) => JSON.parse(row.state) as User);
    },
    userStates(ws: number): string[] {
      return usersOf.all(ws).map((row) => row.state);
    },
    /** The user as the visibility rule sees one, or null when unknown or disabled. */
    viewer(id: string): Viewer | null {
      const row = userById.get(id);
      if (row === undefined) return null;
      const state = JSON.parse(row.state) as User;
      if (state.disabled) return null;
      return {
        ws: row.ws,
        userId: state.id,
        role: state.role,
        channelIds: state.channelIds === null ? null : new Set(state.channelIds),
        agentVisibility: row.agent_visibility,
        teams:
          state.role === 'agent'
            ? new Map(teamsOf.all(id).map((team) => [team.team_id, team.since]))
            : NO_TEAMS,
      };
    },
    credentials(email: string): Credentials | null {
      const row = byEmail.get(normaliseEmail(email));
      if (row === undefined) return null;
      return {
        userId: row.id,
        ws: row.ws,
        passwordHash: row.password_hash,
        totpSecret: row.totp_secret,
        totpCounter: row.totp_counter,
        disabled: (JSON.parse(row.state) as User).disabled,
      };
    },
    /** Marks a one-time code as used. False when this or a later one was used before. */
    useTotp(userId: string, counter: number): boolean {
      return useTotp.run(counter, userId, counter).changes === 1;
    },
    setTotpSecret(userId: string, secret: string | null): void {
      setSecret.run(secret, userId);
    },
    setPassword(userId: string, passwordHash: string): void {
      setPassword.run(passwordHash, userId);
    },
    rename(userId: string, name: string, at: number = Date.now()): User {
      return change(userId, { name }, false, at);
    },
    /** Returns the event's number; null: the user had said so before. */
    acknowledge(userId: string, notice: Notice, at: number): number | null {
      const before = user(userId)?.acknowledged ?? [];
      if (before.some((each) => each.notice === notice)) return null;
      return change(userId, { acknowledged: [...before, { notice, at }] }, false, at).rev;
    },
    setDisabled(userId: string, disabled: boolean, at: number = Date.now()): User {
      return change(userId, { disabled }, false, at);
    },
    setAccess(
      userId: string,
      access: { role?: Role; channelIds?: string[] | null },
      at: number = Date.now(),
    ): User {
      return change(userId, access, true, at);
    },
  };
}

function workspaceOf(row: DbWorkspace): WorkspaceRow {
  return { ws: row.num, id: row.id, name: row.name, agentVisibility: row.agent_visibility };
}

function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}
