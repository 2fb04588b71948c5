/**
 * What a backup is on the disk: a folder `parley-backup-<time>` with `cache.db` (SQLCipher 4 under the backup's own key), `media/` (each
 * file under its own key, which is a row of that database) and `manifest.json`, written last. The manifest holds numbers, hashes and the
 * key behind the passphrase, and is itself under a keyed hash, so that nobody can exchange one file for another.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BackupCounts, type BackupListed, type BackupProblem } from '../../../shared/contract/backup.ts';
import { KdfParameters, SealedKey } from '../../../shared/domain/sealed-key.ts';

export const MANIFEST = 'manifest.json';
export const DATABASE = 'cache.db';
export const MEDIA = 'media';
export const PARTIAL = '.partial';
const NAME = /^parley-backup-\d{8}T\d{6}Z(?:-\d+)?$/u;
const FORMAT_VERSION = 1;

const StoredFile = z.object({
  /** Never a way out of the folder. */
  file: z.string().regex(/^[\w.-]{1,200}$/u),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type StoredFile = z.infer<typeof StoredFile>;

export const Manifest = z.object({
  format: z.literal('parley-backup'),
  version: z.number().int().positive(),
  createdAt: z.number().int().nonnegative(),
  app: z.string().max(100),
  /** Number of the database's last migration. */
  schema: z.number().int().positive(),
  kdf: KdfParameters,
  sealed: SealedKey,
  database: StoredFile,
  files: z.array(StoredFile),
  /** Files whose bytes were not on this machine any more. */
  missing: z.number().int().nonnegative(),
  counts: BackupCounts,
  /** HMAC-SHA-256 under the backup's key over everything above, in this order. */
  mac: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type Manifest = z.infer<typeof Manifest>;

/** What went wrong with a backup, as the page knows it. */
export class BackupFailure extends Error {
  readonly problem: BackupProblem;

  constructor(problem: BackupProblem, message: string = problem) {
    super(message);
    this.name = 'BackupFailure';
    this.problem = problem;
  }
}

export function nameOf(at: number): string {
  return `parley-backup-${new Date(at).toISOString().replaceAll(/[-:]/gu, '').replace(/\..*$/u, 'Z')}`;
}

export function isBackupName(name: string): boolean {
  return NAME.test(name);
}

export function macOf(key: Uint8Array, manifest: Omit<Manifest, 'mac'>): string {
  const { format, version, createdAt, app, schema, kdf, sealed, database, files, missing, counts } = manifest;
  const bound = [
    format,
    version,
    createdAt,
    app,
    schema,
    sorted(kdf),
    sorted(sealed),
    sorted(database),
    files.map(sorted),
    missing,
    sorted(counts),
  ];
  return createHmac('sha256', key).update(JSON.stringify(bound)).digest('hex');
}

function sorted(record: Record<string, unknown>): [string, unknown][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function macFits(key: Uint8Array, manifest: Manifest): boolean {
  return timingSafeEqual(Buffer.from(macOf(key, manifest), 'hex'), Buffer.from(manifest.mac, 'hex'));
}

/** Throws BackupFailure: `folder`, `not_a_backup`, `newer`. */
export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(path.join(folder, MANIFEST), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BackupFailure(code === 'ENOENT' || code === 'ENOTDIR' ? 'not_a_backup' : 'folder');
  }
  const raw = parsed(text);
  const version = (raw as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > FORMAT_VERSION) throw new BackupFailure('newer');
  const manifest = Manifest.safeParse(raw);
  if (!manifest.success) throw new BackupFailure('not_a_backup');
  return manifest.data;
}

/** Whole backups in a folder, newest first; the folder itself may be one. */
export async function listBackups(folder: string): Promise<BackupListed[]> {
  const names = await readdir(folder).catch(() => {
    throw new BackupFailure('folder');
  });
  const found: BackupListed[] = [];
  const candidates = names.includes(MANIFEST) ? [''] : names.filter(isBackupName);
  for (const name of candidates) {
    const place = path.join(folder, name);
    const manifest = await readManifest(place).catch((error: unknown) => {
      if (error instanceof BackupFailure) return null;
      throw error;
    });
    if (manifest === null) continue;
    found.push({
      folder: place,
      name: path.basename(place),
      createdAt: manifest.createdAt,
      bytes: bytesOf(manifest),
    });
  }
  return found.toSorted((a, b) => b.createdAt - a.createdAt);
}

export function bytesOf({ database, files }: Pick<Manifest, 'database' | 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, database.bytes);
}

/** Reads a file from the disk, whole. `onBytes`: how many were read since the last time. */
export async function digestOf(
  file: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(file, { signal, highWaterMark: 1 << 20 })) {
    const chunk = piece as Buffer;
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(chunk.length);
  }
  return { file: path.basename(file), bytes, sha256: hash.digest('hex') };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Refused by the schema.
  }
}
