import type { Handlers } from '../context.ts';
import { failure } from '../failures.ts';

/** Only these leave the application. `file:`, `javascript:` and programs' own schemes are what attackers send. */
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

export const linkHandlers = {
  'link.open': async ({ url }, { shell }) => {
    const parsed = URL.parse(url);
    if (parsed === null || !SCHEMES.has(parsed.protocol))
      throw failure('forbidden', 'this kind of link is not opened');
    // The parsed form, so that what was checked is what is opened.
    await shell.openLink(parsed.href);
    return {};
  },
} satisfies Partial<Handlers>;
