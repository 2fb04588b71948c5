/** Conversations as a readable page: plain HTML without scripts and without anything from elsewhere. */
import { escapeHtml } from '../rights/bundle-page.ts';
import { lineOf, timeOf } from './lines.ts';
import type { ConversationExport } from './prepare.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f}' +
  'h2{font-size:1.2rem;margin-top:2.5rem}.item{border-inline-start:3px solid #d5d5dd;margin:.75rem 0;padding:.1rem .75rem}' +
  '.in{border-color:#2f6fde}.note{border-color:#c58a00;background:#fff8e6}.meta{color:#5c5c66;font-size:.85rem}' +
  '.text{white-space:pre-wrap;overflow-wrap:anywhere}';

export async function* htmlOf(all: ConversationExport): AsyncGenerator<string, void, undefined> {
  yield (
    `<!doctype html>\n<html lang="${escapeHtml(all.language)}" dir="${all.direction}">\n<head><meta charset="utf-8">` +
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
      `<meta name="viewport" content="width=device-width"><title>Parley</title><style>${STYLE}</style></head>\n` +
      `<body>\n<h1>Parley</h1>\n<p class="meta">${timeOf(all.exportedAt)}</p>\n`
  );
  for await (const one of all.conversations) {
    yield `<h2 dir="auto">${escapeHtml(one.contact.name)} · ${escapeHtml(one.channel.name)}</h2>\n`;
    for await (const item of one.items()) {
      const line = lineOf(item, one, all);
      if (line === null) continue;
      yield `<div class="item ${line.kind}"><div class="meta"><bdi>${escapeHtml(line.who)}</bdi> · ${timeOf(line.at)}</div><div class="text" dir="auto">${escapeHtml(line.text)}</div></div>\n`;
    }
  }
  yield '</body>\n</html>\n';
}
