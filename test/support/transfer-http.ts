/** Files of contacts in and out of the running application, as the page does it over HTTP. */
import { type ImportJob, EXPORT_PATH, IMPORT_PATH } from '../../shared/contract/imports.ts';
import { expect } from 'vitest';
import type { AppProcess, Page } from './app-process.ts';

export async function postImport(
  app: AppProcess,
  page: Page,
  body: string | Uint8Array,
  { name = 'people.csv', headers = {} }: { name?: string; headers?: Record<string, string> } = {},
): Promise<ImportJob> {
  const response = await fetch(app.origin + IMPORT_PATH, {
    method: 'POST',
    headers: { cookie: page.cookie, origin: app.origin, 'x-file-name': encodeURIComponent(name), ...headers },
    body: body as BodyInit,
  });
  if (response.status !== 201) throw new Error(`the file was answered with ${response.status}`);
  return (await response.json()) as ImportJob;
}

/** Waits until the job is in this state. */
export async function jobIn(
  page: Page,
  importId: string,
  state: ImportJob['state'],
  timeout = 120_000,
): Promise<ImportJob> {
  await expect
    .poll(async () => (await page.call('import.get', { importId })).state, { timeout, interval: 20 })
    .toBe(state);
  return page.call('import.get', { importId });
}

export function getExport(app: AppProcess, page: Page, ticket: string): Promise<Response> {
  return fetch(app.origin + EXPORT_PATH + ticket, { headers: { cookie: page.cookie } });
}
