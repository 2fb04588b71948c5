/** The bridge between page and application: these three functions and nothing else. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { CALL_CHANNEL, CallResult, EVENT_CHANNEL, PreloadApi } from '../../shared/contract/frames.ts';

// Only the types are imported, so that the built preload holds no library; another name than the contract's does not compile.
const CALL: typeof CALL_CHANNEL = 'parley:call';
const EVENT: typeof EVENT_CHANNEL = 'parley:event';

const api: PreloadApi = {
  call: (name, input) => ipcRenderer.invoke(CALL, name, input) as Promise<CallResult>,
  listen(listener) {
    // The event object of Electron stays here: it carries the sender.
    const forward = (_event: unknown, name: string, data: unknown) => listener(name, data);
    ipcRenderer.on(EVENT, forward);
    return () => {
      ipcRenderer.off(EVENT, forward);
    };
  },
  pathOfDroppedFile: (file) => (file instanceof File ? webUtils.getPathForFile(file) : ''),
};

contextBridge.exposeInMainWorld('parley', api);
