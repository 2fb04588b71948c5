/**
 * How a link to a conversation gets here: macOS says `open-url`, also before the application is ready; Windows and Linux start the
 * program once more with the link on its command line, which the running one hears as `second-instance`, or start it with the link.
 */
import { app } from 'electron';
import { LINK_SCHEME, conversationOfLink, linkOf } from './deep-link.ts';

/** `follow` gets null when the application was only started once more. Answers the conversation that this start is to show. */
export function followLinks(
  argv: readonly string[],
  follow: (conversationId: string | null) => void,
): string | null {
  app.on('second-instance', (_event, words) => follow(linkOf(words)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    follow(conversationOfLink(url));
  });
  return linkOf(argv);
}

/** Only the installed application: in development a link would start Electron without knowing what to run. */
export function answerLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
}
