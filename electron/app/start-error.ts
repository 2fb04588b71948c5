/** A start that cannot go on, in words for the one who started. */
import { withoutContents } from './log.ts';

export class StartError extends Error {
  /** The exit code: 1 in general, 2 for a wrong command line, 3 when the folder is in use. */
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.name = 'StartError';
    this.code = code;
  }
}

const CANNOT_WRITE = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR'];

export function explainStart(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && CANNOT_WRITE.includes(code)) {
    return `Parley cannot write to its folder (${code}). --user-data DIR names another one.`;
  }
  return `Parley could not start: ${JSON.stringify(withoutContents(error))}`;
}

export function inUse(folder: string): StartError {
  return new StartError(`Parley is already running with the data in ${folder}. Close it first.`, 3);
}
