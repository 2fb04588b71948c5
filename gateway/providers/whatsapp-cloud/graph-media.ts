/** Files to and from Meta: upload before sending, look up and download after receiving. */
import { z } from 'zod';
import type { GraphAnswer, GraphClient } from './graph-client.ts';

export type OutgoingFile = { bytes: Uint8Array; mimeType: string; fileName: string | null };

const Uploaded = z.object({ id: z.string().min(1) });
const Located = z.object({ url: z.url(), mime_type: z.string().catch('application/octet-stream') });

/** `POST /{phone_number_id}/media`, a form; the id it answers is good for 30 days. */
export async function uploadFile(
  client: GraphClient,
  base: string,
  phoneNumberId: string,
  token: string,
  file: OutgoingFile,
): Promise<{ ok: true; id: string } | Extract<GraphAnswer, { ok: false }>> {
  const form = new FormData();
  form.append('messaging_product', 'whatsapp');
  form.append('type', file.mimeType);
  form.append(
    'file',
    new Blob([new Uint8Array(file.bytes)], { type: file.mimeType }),
    file.fileName ?? 'file',
  );
  const answer = await client.call({
    method: 'POST',
    url: `${base}/${phoneNumberId}/media`,
    token,
    body: form,
  });
  if (!answer.ok) return answer;
  const parsed = Uploaded.safeParse(answer.body);
  if (parsed.success) return { ok: true, id: parsed.data.id };
  const error = {
    kind: 'unavailable',
    code: null,
    title: 'The upload was answered without an id',
    details: null,
  } as const;
  return { ok: false, error, retryAfterMs: null };
}

/** `GET /{media_id}` answers a URL that lives for five minutes and wants the same token. Null when the file is gone;
 * rejects when Meta's file server cannot be reached. */
export async function downloadFile(
  client: GraphClient,
  base: string,
  mediaId: string,
  token: string,
): Promise<{ bytes: Uint8Array; mimeType: string } | null> {
  const url = `${base}/${encodeURIComponent(mediaId)}`;
  const answer = await client.call({ method: 'GET', url, token });
  if (!answer.ok) return null;
  const parsed = Located.safeParse(answer.body);
  if (!parsed.success) return null;
  // The token goes along, so never over a weaker connection than to the Graph API itself.
  if (base.startsWith('https:') && !parsed.data.url.startsWith('https:')) return null;
  const bytes = await client.download(parsed.data.url, token);
  return bytes === null ? null : { bytes, mimeType: parsed.data.mime_type };
}
