/**
 * One application per user-data folder: a second one would start a second gateway on the same data. Held by listening on a local
 * socket, which the system takes back however the process ends; no number of a process that might be another's by now.
 */
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Bytes that a socket's path may have on the systems that we know (104 on macOS, with its final zero). */
const MAX_SOCKET_PATH = 103;

export type Instance = { release(): Promise<void> };

/** Null when another process has this folder. */
export async function takeInstance(userDataDir: string): Promise<Instance | null> {
  mkdirSync(userDataDir, { recursive: true, mode: 0o700 });
  const address = addressFor(realpathSync(userDataDir));
  const server = (await listen(address)) ?? (await afterTheDead(address));
  if (server === null) return null;
  // Whoever connects only wants to know whether somebody is here.
  server.on('connection', (socket) => socket.destroy());
  server.unref();
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

function addressFor(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\parley-${hash}`;
  const inside = path.join(folder, 'instance');
  const fits = Buffer.byteLength(inside) <= MAX_SOCKET_PATH && mayWrite(folder);
  return fits ? inside : path.join(os.tmpdir(), `parley-${hash}`);
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A socket file that nobody listens on is left from a process that was killed. */
async function afterTheDead(address: string): Promise<net.Server | null> {
  if (await answers(address)) return null;
  await rm(address, { force: true });
  return listen(address);
}

/** Null when the address is taken. */
function listen(address: string): Promise<net.Server | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen(address, () => resolve(server));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
