import type { ConnectionState } from '../../shared/contract/state.ts';
import { count } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';

type CatchingUp = Extract<ConnectionState, { state: 'catching_up' }>;

/** 0 to 1, or null while the end is not known. */
export function syncProgress(state: CatchingUp): number | null {
  return state.total > 0 ? Math.min(1, state.done / state.total) : null;
}

export interface ConnectionWords {
  /** What the connection is doing. */
  readonly main: string;
  /** Numbers that change all the time: to look at, not to be read out at every change. */
  readonly numbers: string | null;
}

/** What the connection is doing, in words. `now` in epoch ms, for the next try. */
export function connectionWords(state: ConnectionState, now: number): ConnectionWords {
  switch (state.state) {
    case 'idle':
    case 'connecting':
      return { main: t('app.connection.connecting'), numbers: null };
    case 'online':
      return { main: t('app.connection.online'), numbers: null };
    case 'offline':
      return {
        main: t('app.connection.offline'),
        numbers:
          state.retryAt === null || state.retryAt <= now
            ? null
            : t('app.connection.retryIn', { seconds: Math.ceil((state.retryAt - now) / 1000) }),
      };
    case 'signed_out':
      return { main: t('app.connection.needsSignIn'), numbers: null };
    case 'mismatch':
      return { main: t('app.connection.mismatch'), numbers: null };
    case 'catching_up':
      return {
        main: t(`app.connection.stage.${state.stage}`),
        numbers:
          state.total > 0
            ? t('app.connection.progress', { done: count(state.done), total: count(state.total) })
            : null,
      };
  }
}
