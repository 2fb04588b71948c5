import type { Handlers } from '../context.ts';

export const keyHandlers = {
  'app.state': async (_input, { state }) => state(),
  'app.recover': async ({ action }, { life }) => {
    await life.recover(action);
    return {};
  },
  'key.create': async ({ mode, passphrase }, { life }) => {
    await life.createKey(mode, passphrase);
    return {};
  },
  'key.unlock': async ({ passphrase }, { life }) => {
    await life.unlock(passphrase);
    return {};
  },
  'key.resolve': async ({ action }, { life }) => {
    await life.resolveKey(action);
    return {};
  },
} satisfies Partial<Handlers>;
