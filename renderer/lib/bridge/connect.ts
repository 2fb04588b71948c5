import type { Bridge } from './bridge.ts';
import { electronBridge } from './electron.ts';
import { loopbackBridge } from './loopback.ts';

/** The bridge of the runtime that this page finds itself in. */
export async function connect(page: Window): Promise<Bridge> {
  return page.parley === undefined ? loopbackBridge(page.location) : electronBridge(page.parley);
}
