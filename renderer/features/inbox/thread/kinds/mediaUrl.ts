/** Where the main process serves a file of a message, relative to the page. */
export function mediaUrl(mediaId: string): string {
  return `/media/${encodeURIComponent(mediaId)}`;
}
