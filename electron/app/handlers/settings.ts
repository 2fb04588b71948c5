import type { Handlers } from '../context.ts';

export const settingsHandlers = {
  'settings.get': async (_input, { settings }) => settings.get(),
  'settings.save': async (given, { settings }) => {
    await settings.save(given);
    return {};
  },
  'presence.list': async (_input, { presence }) => presence.list(),
  'window.focus': async ({ focused }, { attention }) => {
    attention.focus(focused);
    return {};
  },
} satisfies Partial<Handlers>;
