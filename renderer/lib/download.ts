import { EXPORT_PATH } from '../../shared/contract/imports.ts';

/** Saves what a ticket stands for as a file, by the browser's own means. A ticket is good once. */
export function downloadTicket(ticket: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = `${EXPORT_PATH}${encodeURIComponent(ticket)}`;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}

/** Saves what the page has itself. */
export function download(content: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(link.href);
}
