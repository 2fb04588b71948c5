/** Text in pieces of a size that files like. */
const CHUNK = 64 * 1024;

/** Joins small texts to chunks. No chunk ends within a text, so no character is ever cut. */
export async function* inChunks(
  texts: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string, void, undefined> {
  let chunk = '';
  for await (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
