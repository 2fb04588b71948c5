/** The contract over IPC: first whether the sender is our own page, then the application's gate. */
import { type IpcMainInvokeEvent, type WebContents, ipcMain } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL, type CallResult } from '../../shared/contract/frames.ts';
import type { Application } from '../app/application-types.ts';
import { refusal } from '../app/gate.ts';
import { type Log } from '../app/log.ts';
import { APP_ORIGIN, isOwnAddress } from './address.ts';

/** Answers the calls of this window's page and tells it the events. Returns a function that stops both. */
export function connectPage(contents: WebContents, application: Application, log: Log): () => void {
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, input: unknown): Promise<CallResult> => {
    if (!isOwnPage(event, contents)) {
      log.warn({}, 'a call from somewhere else was refused');
      return refusal({ kind: 'forbidden_sender', message: 'not the page of the application' });
    }
    if (typeof name !== 'string') return refusal({ kind: 'unknown_call', message: 'no name' });
    return application.call(name, input);
  });
  const stopListening = application.onEvent((event, data) => {
    if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, event, data);
  });
  return () => {
    stopListening();
    ipcMain.removeHandler(CALL_CHANNEL);
  };
}

/** The main frame of our window, showing our page. A frame that has gone meanwhile is nobody. */
function isOwnPage(event: IpcMainInvokeEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  return (
    event.sender === contents &&
    frame !== null &&
    frame.parent === null &&
    frame.origin === APP_ORIGIN &&
    isOwnAddress(frame.url)
  );
}
