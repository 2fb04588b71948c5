/**
 * What a person has set for this machine, in `settings.json` of the user-data folder. A file of an older version is filled up with
 * the defaults, entry by entry; one that cannot be read at all counts as none.
 */
import { readFile } from 'node:fs/promises';
import { DEFAULT_SETTINGS, NotificationSettings, Settings } from '../../shared/contract/settings.ts';
import type { Log } from './log.ts';

export type SettingsStore = {
  /** Reads the file; called once, before anything asks. */
  load(): Promise<void>;
  get(): Settings;
  /** Written when it resolves; whatever is saved at the same time follows. */
  save(settings: Settings): Promise<void>;
};

export type SettingsOptions = {
  file: string;
  write(file: string, content: string): Promise<void>;
  onChange(settings: Settings): void;
  log: Log;
};

export const SETTINGS_FILE = 'settings.json';

export function createSettings(options: SettingsOptions): SettingsStore {
  let current = DEFAULT_SETTINGS;
  let last: Promise<void> = Promise.resolve();
  return {
    async load() {
      try {
        current = settingsOf(JSON.parse(await readFile(options.file, 'utf8')));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
          options.log.warn({ error }, 'the settings cannot be read; the defaults are used');
        }
        current = DEFAULT_SETTINGS;
      }
    },
    get: () => current,
    async save(settings) {
      const written = last.then(async () => {
        await options.write(options.file, `${JSON.stringify(settings, null, 2)}\n`);
        current = settings;
        options.onChange(settings);
      });
      // Whoever saves next is told of its own failure only.
      last = written.catch(() => undefined);
      await written;
    },
  };
}

/** Settings from whatever a file held: each entry that does not fit is the default. */
export function settingsOf(raw: unknown): Settings {
  const given = recordOf(raw);
  const notifications = fitting(NotificationSettings.shape, recordOf(given.notifications));
  return {
    ...DEFAULT_SETTINGS,
    ...fitting(Settings.shape, given),
    notifications: { ...DEFAULT_SETTINGS.notifications, ...notifications },
  };
}

type Shape = Record<string, { safeParse(raw: unknown): { success: boolean; data?: unknown } }>;

function fitting(shape: Shape, given: Record<string, unknown>): Record<string, unknown> {
  const good: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const parsed = schema.safeParse(given[name]);
    if (parsed.success) good[name] = parsed.data;
  }
  return good;
}

function recordOf(raw: unknown): Record<string, unknown> {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
}
