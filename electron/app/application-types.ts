/** What the application is given, and what the shells and tests may ask of it. */
import type { AppState } from '../../shared/contract/state.ts';
import type { CacheWorkers } from '../cache/options.ts';
import type { Offer } from './exports/tickets.ts';
import type { Gate } from './gate.ts';
import type { ImportTargetPort } from './imports/receive.ts';
import type { Log } from './log.ts';
import type { MediaSource } from './media-source.ts';
import type { Parts } from './parts.ts';
import type { PageListener } from './publisher.ts';
import type { RotationStep } from './lock/rotation.ts';
import type { Shell } from './shell.ts';
import type { StartGateway } from './signed-in.ts';
import type { UploadTarget } from './uploads.ts';
import type { WipeStep } from './ending/wiping.ts';
import type { Words } from './words.ts';

export type ApplicationOptions = {
  shell: Shell;
  parts: Parts;
  userDataDir: string;
  workers: CacheWorkers;
  /** See lifecycle.ts. */
  gateway: Promise<StartGateway>;
  keyAnswer: 'file' | null;
  log: Log;
  version: string;
  checkOutputs: boolean;
  /** Tests only: told of each step of a rotation of the key. */
  onRotation?: (step: RotationStep) => void;
  onWipe?: (step: WipeStep) => void;
  now?: () => number;
};

export type Application = {
  state(): AppState;
  /** Runs until the first screen is known. Problems of key and cache are states; only the unforeseen rejects. */
  start(): Promise<void>;
  /** The one gate; never rejects. */
  call: Gate;
  /** Returns a function that stops listening. */
  onEvent(listener: PageListener): () => void;
  media: MediaSource;
  upload: UploadTarget;
  /** A file of contacts. */
  importFile: ImportTargetPort;
  /** What a ticket of an export is good for, once; null: nothing. */
  takeExport(ticket: string): Offer | null;
  /** The notification of a conversation was clicked, or a link to it. Shown as soon as there is an inbox. */
  showConversation(conversationId: string): void;
  /** Until then nothing is announced; null ends it. */
  doNotDisturb(until: number | null): void;
  /** How much waits to be sent that ends with this process: nothing where there is a file. */
  lostOnQuit(): number;
  /** What stands in the tray. */
  words(): Words;
  /** Everything written is flushed when it resolves. */
  close(): Promise<void>;
};
