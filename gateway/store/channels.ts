/** Channels, and how providers find theirs: by their own name and the external id of the number (for WhatsApp phone_number_id). */
import type { Channel, ChannelHealth } from '../../shared/domain/channel.ts';
import { newId } from '../../shared/domain/id.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

/** `config` is the provider's own (access tokens and the like): never on the wire. */
export type ChannelRow = {
  ws: number;
  provider: string;
  externalId: string;
  config: Record<string, unknown>;
  channel: Channel;
};

type DbChannel = { ws: number; provider: string; external_id: string; config: string; state: string };

export type Channels = ReturnType<typeof createChannels>;

export function createChannels(db: Db, log: Log) {
  const columns = 'ws, provider, external_id, config, state';
  const insert = db.prepare(
    'INSERT INTO channels (id, ws, provider, external_id, config, state) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const save = db.prepare('UPDATE channels SET state = ? WHERE id = ?');
  const byId = db.prepare<DbChannel>(`SELECT ${columns} FROM channels WHERE id = ?`);
  const byExternal = db.prepare<DbChannel>(
    `SELECT ${columns} FROM channels WHERE provider = ? AND external_id = ?`,
  );
  const ofWorkspace = db.prepare<DbChannel>(`SELECT ${columns} FROM channels WHERE ws = ? ORDER BY id`);
  const ofProvider = db.prepare<DbChannel>(`SELECT ${columns} FROM channels WHERE provider = ? ORDER BY id`);

  function write(ws: number, at: number, channel: Omit<Channel, 'rev'>): string {
    let state = '';
    log.append(ws, at, 'channel.changed', { channelId: channel.id }, (seq) => {
      state = JSON.stringify({ ...channel, rev: seq } satisfies Channel);
      return `{"channel":${state}}`;
    });
    return state;
  }

  return {
    create(
      ws: number,
      fields: Omit<Channel, 'id' | 'rev' | 'firstReplyMinutes'> & {
        id?: string;
        firstReplyMinutes?: number | null;
        provider: string;
        externalId: string;
        config?: Record<string, unknown>;
      },
      at: number = Date.now(),
    ): Channel {
      const { provider, externalId, config, ...rest } = fields;
      return db.tx(() => {
        const id = rest.id ?? newId();
        const state = write(ws, at, { ...rest, firstReplyMinutes: rest.firstReplyMinutes ?? null, id });
        insert.run(id, ws, provider, externalId, JSON.stringify(config ?? {}), state);
        return JSON.parse(state) as Channel;
      });
    },
    get(id: string): ChannelRow | null {
      return rowOf(byId.get(id));
    },
    /** The channel that a provider knows under this id, or null: then keep the payload with `raw.keepUnrouted`. */
    find(provider: string, externalId: string): ChannelRow | null {
      return rowOf(byExternal.get(provider, externalId));
    },
    list(ws: number): ChannelRow[] {
      return ofWorkspace.all(ws).map(parseRow);
    },
    ofProvider(provider: string): ChannelRow[] {
      return ofProvider.all(provider).map(parseRow);
    },
    /** Merges what the provider says about its number. False when nothing is new. */
    setHealth(id: string, health: Partial<ChannelHealth>, at: number): boolean {
      const row = rowOf(byId.get(id));
      if (row === null) return false;
      const merged = { ...row.channel.health, ...health };
      if (JSON.stringify(merged) === JSON.stringify(row.channel.health)) return false;
      db.tx(() => {
        save.run(write(row.ws, at, { ...row.channel, health: merged }), id);
      });
      return true;
    },
  };
}

function rowOf(row: DbChannel | undefined): ChannelRow | null {
  return row === undefined ? null : parseRow(row);
}

function parseRow(row: DbChannel): ChannelRow {
  return {
    ws: row.ws,
    provider: row.provider,
    externalId: row.external_id,
    config: JSON.parse(row.config) as Record<string, unknown>,
    channel: JSON.parse(row.state) as Channel,
  };
}
