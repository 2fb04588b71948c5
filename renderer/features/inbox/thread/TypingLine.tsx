import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { useAround } from '../../../lib/stores/around.ts';
import { useThreadTools } from './context.ts';
import styles from './TypingLine.module.css';

const NOBODY: ReadonlyArray<string> = [];

/** Who else is here right now: the customer typing, a colleague writing or looking. Never stored. */
export function TypingLine({ conversationId }: { readonly conversationId: string }): ReactNode {
  const { lookup, meId } = useThreadTools();
  const here = useAround((state) => state.typing.get(conversationId));
  const looking = useAround((state) => state.viewing.get(conversationId)) ?? NOBODY;

  const names = (ids: ReadonlyArray<string>): string =>
    ids
      .filter((id) => id !== meId)
      .map((id) => lookup.users.get(id)?.name ?? t('message.author.unknown'))
      .join(', ');
  const typing = names(here?.userIds ?? NOBODY);
  const viewing = names(looking);
  const words =
    typing !== ''
      ? t('inbox.thread.colleagueTyping', { names: typing })
      : here?.contact === true
        ? t('inbox.thread.typing')
        : viewing !== ''
          ? t('inbox.thread.viewing', { names: viewing })
          : null;
  return words === null ? null : <span className={styles['line']}>{words}</span>;
}
