/** Devices as people see them: their own, or those of their workspace; and the ones that were told to wipe themselves, with their receipts. */
import { createHash } from 'node:crypto';
import type { Device, WipeReceipt } from '../../shared/protocol/session.ts';
import type { Role } from '../../shared/domain/workspace.ts';
import type { Db } from './database.ts';

type DeviceRow = {
  id: string;
  name: string;
  created_at: number;
  last_seen_at: number;
  user_id: string;
  user_name: string;
  wipe_asked_at: number | null;
  wiped_at: number | null;
  wipe_receipt: string | null;
};
export type ListedDevice = Omit<Device, 'current'> & { user: { id: string; name: string } };

const LISTED = `SELECT d.id, d.name, d.created_at, d.last_seen_at, d.user_id, json_extract(u.state, '$.name') AS user_name,
    d.wipe_asked_at, d.wiped_at, d.wipe_receipt
  FROM devices d JOIN users u ON u.id = d.user_id WHERE (d.revoked_at IS NULL OR d.wipe_asked_at IS NOT NULL)`;

export function createDevices(db: Db) {
  const ofUser = db.prepare<DeviceRow>(`${LISTED} AND d.user_id = ? ORDER BY d.created_at`);
  const ofWorkspace = db.prepare<DeviceRow>(`${LISTED} AND u.ws = ? ORDER BY d.created_at`);
  const owner = db.prepare<{ user_id: string; ws: number; role: Role }>(
    `SELECT d.user_id, u.ws, json_extract(u.state, '$.role') AS role FROM devices d JOIN users u ON u.id = d.user_id WHERE d.id = ?`,
  );
  const ask = db.prepare(
    `UPDATE devices SET revoked_at = coalesce(revoked_at, ?), wipe_asked_at = ?, wipe_asked_by = ?
     WHERE id = ? AND wipe_asked_at IS NULL`,
  );
  const endSessions = db.prepare('UPDATE sessions SET ended_at = ? WHERE device_id = ? AND ended_at IS NULL');
  const byToken = db.prepare<{ id: string; wiped_at: number | null }>(
    `SELECT d.id, d.wiped_at FROM tokens t JOIN sessions s ON s.id = t.session_id JOIN devices d ON d.id = s.device_id
     WHERE t.hash = ? AND t.kind = 'refresh' AND d.wipe_asked_at IS NOT NULL`,
  );
  const keep = db.prepare('UPDATE devices SET wiped_at = ?, wipe_receipt = ? WHERE id = ?');

  return {
    /** Those that are signed in, and those that were told to wipe themselves. */
    ofUser(userId: string): ListedDevice[] {
      return ofUser.all(userId).map(listed);
    },
    ofWorkspace(ws: number): ListedDevice[] {
      return ofWorkspace.all(ws).map(listed);
    },
    /** Null: there is no such device. */
    owner(deviceId: string): { userId: string; ws: number; role: Role } | null {
      const row = owner.get(deviceId);
      return row === undefined ? null : { userId: row.user_id, ws: row.ws, role: row.role };
    },
    /** Ends its sessions; the next time that it comes it is told to wipe itself. Asking again changes nothing. */
    askWipe(deviceId: string, by: string, now: number): void {
      db.tx(() => {
        if (ask.run(now, now, by, deviceId).changes > 0) endSessions.run(now, deviceId);
      });
    },
    /** Keeps the receipt of the device that this refresh token belonged to; the first one counts. False: no such device was asked. */
    wiped(refreshToken: string, receipt: WipeReceipt, now: number): boolean {
      return db.tx(() => {
        const row = byToken.get(createHash('sha256').update(refreshToken).digest('hex'));
        if (row === undefined) return false;
        if (row.wiped_at === null) keep.run(now, JSON.stringify(receipt), row.id);
        return true;
      });
    },
  };
}

function listed(row: DeviceRow): ListedDevice {
  const receipt = row.wipe_receipt === null ? null : (JSON.parse(row.wipe_receipt) as WipeReceipt);
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    user: { id: row.user_id, name: row.user_name },
    wipe:
      row.wipe_asked_at === null ? null : { askedAt: row.wipe_asked_at, receivedAt: row.wiped_at, receipt },
  };
}
