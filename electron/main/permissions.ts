/** The page needs no permission of the browser: asking and checking both answer no, for every kind, also those to come. */
import type { Session } from 'electron';

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // No picker of ours, no screen to share.
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}
