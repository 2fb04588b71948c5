/** Headers of an export: always a file to keep, never a page of ours. */
import { disposition } from '../media-response.ts';
import type { Offer } from './tickets.ts';

export function exportHeaders({
  fileName,
  mimeType,
}: Pick<Offer, 'fileName' | 'mimeType'>): Record<string, string> {
  return {
    'Content-Type': mimeType.startsWith('text/') ? `${mimeType}; charset=utf-8` : mimeType,
    'Content-Disposition': disposition('attachment', fileName),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
