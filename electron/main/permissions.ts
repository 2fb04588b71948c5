/**
 * What the page may ask the browser for: the microphone, for voice messages, and notifications, for the page itself alone. Everything
 * else is answered with no, asking and checking, for every kind, also those to come.
 */
import type { Session } from 'electron';
import { isOwnAddress } from './address.ts';

export function decidePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const own = details.isMainFrame && isOwnAddress(details.requestingUrl);
    // Sound alone: a request for picture and sound together is refused as a whole.
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const sound = permission === 'media' && mediaTypes.length > 0 && mediaTypes.every((it) => it === 'audio');
    answer(own && (sound || permission === 'notifications'));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    if (!isOwnAddress(origin)) return false;
    return permission === 'notifications' || (permission === 'media' && details.mediaType === 'audio');
  });
  session.setDevicePermissionHandler(() => false);
  // No picker of ours, no screen to share.
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}
