/**
 * Devices, their sessions and tokens. Of a token only its SHA-256 is kept. A refresh token works once; a second use means that
 * somebody else has it, so the session ends. One exception: when the answer was lost on the way (nothing that was given for the token
 * has been used yet, and it is less than a minute ago), the same token is answered once more, and what was given before is void.
 */
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '../../shared/domain/id.ts';
import { DAY, MINUTE } from '../../shared/domain/time.ts';
import type { SessionTokens } from '../../shared/protocol/session.ts';
import type { Db } from './database.ts';

export type TokenLife = { accessMs: number; refreshMs: number };
/** How long after its use a refresh token may come again because its answer was lost. */
const LOST_ANSWER_MS = MINUTE;
export const DEFAULT_LIFE: TokenLife = { accessMs: 15 * MINUTE, refreshMs: 30 * DAY };

/** Who a token belongs to. `expiresAt` is the token's own end. */
export type Session = { sessionId: string; userId: string; deviceId: string; expiresAt: number };
/** Why a session is good no more (AuthErrorKind). */
export type EndOfSession =
  | 'session_expired'
  | 'device_revoked'
  | 'user_disabled'
  | 'device_wipe'
  | 'workspace_ended';
export type RefreshOutcome =
  | { ok: true; tokens: SessionTokens; session: Session }
  | { ok: false; kind: EndOfSession; deviceId: string | null };

type TokenRow = {
  session_id: string;
  user_id: string;
  device_id: string;
  expires_at: number;
  used_at: number | null;
  ended_at: number | null;
  revoked_at: number | null;
  wipe_asked_at: number | null;
  wiped_at: number | null;
  disabled: number;
  /** When the workspace's desktops wipe what they have; null: not announced. */
  wipe_at: number | null;
};

export function createSessions(db: Db) {
  const device = db.prepare<{ user_id: string; revoked_at: number | null }>(
    'SELECT user_id, revoked_at FROM devices WHERE id = ?',
  );
  const insertDevice = db.prepare(
    'INSERT INTO devices (id, user_id, name, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?)',
  );
  const renameDevice = db.prepare('UPDATE devices SET name = ?, last_seen_at = ? WHERE id = ?');
  const seeDevice = db.prepare('UPDATE devices SET last_seen_at = ? WHERE id = ?');
  const revoke = db.prepare(
    'UPDATE devices SET revoked_at = ? WHERE id = ? AND user_id = ? AND revoked_at IS NULL',
  );
  const insertSession = db.prepare(
    'INSERT INTO sessions (id, user_id, device_id, created_at) VALUES (?, ?, ?, ?)',
  );
  const endSession = db.prepare('UPDATE sessions SET ended_at = ? WHERE id = ? AND ended_at IS NULL');
  const endOfDevice = db.prepare('UPDATE sessions SET ended_at = ? WHERE device_id = ? AND ended_at IS NULL');
  const insertToken = db.prepare(
    'INSERT INTO tokens (hash, session_id, kind, expires_at, parent) VALUES (?, ?, ?, ?, ?)',
  );
  const useToken = db.prepare('UPDATE tokens SET used_at = ? WHERE hash = ? AND used_at IS NULL');
  const usedChildren = db.prepare<{ n: number }>(
    'SELECT count(*) AS n FROM tokens WHERE session_id = ? AND parent = ? AND used_at IS NOT NULL',
  );
  const forgetChildren = db.prepare('DELETE FROM tokens WHERE session_id = ? AND parent = ?');
  // A device that has still to wipe itself is known by its old tokens, however late it comes.
  const forgetTokens = db.prepare(
    `DELETE FROM tokens WHERE expires_at < ? AND session_id NOT IN (
       SELECT s.id FROM sessions s JOIN devices d ON d.id = s.device_id WHERE d.wipe_asked_at IS NOT NULL AND d.wiped_at IS NULL)`,
  );
  const token = db.prepare<TokenRow>(
    `SELECT t.session_id, s.user_id, s.device_id, t.expires_at, t.used_at, s.ended_at, d.revoked_at, d.wipe_asked_at,
            d.wiped_at, e.wipe_at, json_extract(u.state, '$.disabled') AS disabled
     FROM tokens t JOIN sessions s ON s.id = t.session_id JOIN devices d ON d.id = s.device_id JOIN users u ON u.id = s.user_id
     LEFT JOIN terminations e ON e.ws = u.ws
     WHERE t.hash = ? AND t.kind = ?`,
  );
  const newestAccess = db.prepare<{ expires_at: number | null }>(
    `SELECT max(t.expires_at) AS expires_at FROM tokens t JOIN sessions s ON s.id = t.session_id
     WHERE t.session_id = ? AND t.kind = 'access' AND s.ended_at IS NULL`,
  );

  function issue(sessionId: string, now: number, life: TokenLife, parent: string | null): SessionTokens {
    const accessToken = randomBytes(32).toString('base64url');
    const refreshToken = randomBytes(32).toString('base64url');
    const accessExpiresAt = now + life.accessMs;
    const refreshExpiresAt = now + life.refreshMs;
    insertToken.run(hashOf(accessToken), sessionId, 'access', accessExpiresAt, parent);
    insertToken.run(hashOf(refreshToken), sessionId, 'refresh', refreshExpiresAt, parent);
    return { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt };
  }

  /** What ended the session, or null while it is good. */
  function ended(row: TokenRow, now: number): EndOfSession | null {
    if (row.wipe_asked_at !== null && row.wiped_at === null) return 'device_wipe';
    if (row.wipe_at !== null && row.wipe_at <= now) return 'workspace_ended';
    if (row.revoked_at !== null) return 'device_revoked';
    if (row.disabled === 1) return 'user_disabled';
    return row.ended_at === null ? null : 'session_expired';
  }

  /** Whether a used refresh token comes again because nobody received what it was exchanged for. */
  function answerWasLost(row: TokenRow, hash: string, now: number): boolean {
    if (row.used_at === null || now - row.used_at > LOST_ANSWER_MS) return false;
    return (usedChildren.get(row.session_id, hash)?.n ?? 0) === 0;
  }

  return {
    /** A new session. A device id that is unknown, revoked or somebody else's is not taken over: a new one is made. */
    start(
      userId: string,
      wanted: { id: string | null; name: string },
      now: number,
      life: TokenLife,
    ): { tokens: SessionTokens; deviceId: string } {
      return db.tx(() => {
        const known = wanted.id === null ? undefined : device.get(wanted.id);
        let deviceId: string;
        if (
          wanted.id !== null &&
          known !== undefined &&
          known.user_id === userId &&
          known.revoked_at === null
        ) {
          deviceId = wanted.id;
          renameDevice.run(wanted.name, now, deviceId);
          endOfDevice.run(now, deviceId);
        } else {
          deviceId = newId();
          insertDevice.run(deviceId, userId, wanted.name, now, now);
        }
        const sessionId = newId();
        insertSession.run(sessionId, userId, deviceId, now);
        forgetTokens.run(now - life.refreshMs);
        return { tokens: issue(sessionId, now, life, null), deviceId };
      });
    },
    refresh(refreshToken: string, now: number, life: TokenLife): RefreshOutcome {
      return db.tx(() => {
        const hash = hashOf(refreshToken);
        const row = token.get(hash, 'refresh');
        if (row === undefined) return { ok: false, kind: 'session_expired', deviceId: null };
        const end = ended(row, now);
        if (end !== null) return { ok: false, kind: end, deviceId: row.device_id };
        if (row.used_at !== null && !answerWasLost(row, hash, now)) {
          endSession.run(now, row.session_id);
          return { ok: false, kind: 'session_expired', deviceId: row.device_id };
        }
        if (row.expires_at <= now) return { ok: false, kind: 'session_expired', deviceId: null };
        useToken.run(now, hash);
        seeDevice.run(now, row.device_id);
        forgetChildren.run(row.session_id, hash);
        const tokens = issue(row.session_id, now, life, hash);
        return { ok: true, tokens, session: { ...sessionOf(row), expiresAt: tokens.accessExpiresAt } };
      });
    },
    /** Whose access token this is, or why it is none. */
    check(
      accessToken: string,
      now: number,
    ): { ok: true; session: Session } | { ok: false; kind: EndOfSession } {
      const hash = hashOf(accessToken);
      const row = token.get(hash, 'access');
      if (row === undefined) return { ok: false, kind: 'session_expired' };
      const end = ended(row, now);
      if (end !== null) return { ok: false, kind: end };
      if (row.expires_at <= now) return { ok: false, kind: 'session_expired' };
      if (row.used_at === null) useToken.run(now, hash);
      return { ok: true, session: sessionOf(row) };
    },
    /** The end of the session's newest access token; 0 when the session has ended. */
    accessEnd(sessionId: string): number {
      return newestAccess.get(sessionId)?.expires_at ?? 0;
    },
    seen(deviceId: string, now: number): void {
      seeDevice.run(now, deviceId);
    },
    end(sessionId: string, now: number): void {
      endSession.run(now, sessionId);
    },
    /** False when this user has no such device. */
    revokeDevice(userId: string, deviceId: string, now: number): boolean {
      return db.tx(() => {
        if (revoke.run(now, deviceId, userId).changes === 0) return false;
        endOfDevice.run(now, deviceId);
        return true;
      });
    },
  };
}

function sessionOf(row: TokenRow): Session {
  return {
    sessionId: row.session_id,
    userId: row.user_id,
    deviceId: row.device_id,
    expiresAt: row.expires_at,
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
