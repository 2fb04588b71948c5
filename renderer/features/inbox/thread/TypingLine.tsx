import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useThreadTools } from './context.ts';
import styles from './TypingLine.module.css';

/** Typing that is not renewed is over after this, in ms. */
const FADE = 8_000;

interface Others {
  readonly typing: ReadonlyArray<string>;
  readonly contact: boolean;
  readonly viewing: ReadonlyArray<string>;
}

const NOBODY: Others = { typing: [], contact: false, viewing: [] };

/** Who else is here right now: the customer typing, a colleague writing or looking. Never stored. */
export function TypingLine({ conversationId }: { readonly conversationId: string }): ReactNode {
  const bridge = useBridge();
  const { lookup, meId } = useThreadTools();
  const [others, setOthers] = useState<Others>(NOBODY);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = bridge.on('ephemeral', (event) => {
      if (event.type === 'presence' || event.conversationId !== conversationId) return;
      if (event.type === 'viewing') {
        setOthers((now) => ({ ...now, viewing: event.userIds }));
        return;
      }
      setOthers((now) => ({ ...now, typing: event.userIds, contact: event.contact }));
      clearTimeout(timer);
      timer = setTimeout(() => setOthers((now) => ({ ...now, typing: [], contact: false })), FADE);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [bridge, conversationId]);

  const names = (ids: ReadonlyArray<string>): string =>
    ids
      .filter((id) => id !== meId)
      .map((id) => lookup.users.get(id)?.name ?? t('message.author.unknown'))
      .join(', ');
  const typing = names(others.typing);
  const viewing = names(others.viewing);
  const words =
    typing !== ''
      ? t('inbox.thread.colleagueTyping', { names: typing })
      : others.contact
        ? t('inbox.thread.typing')
        : viewing !== ''
          ? t('inbox.thread.viewing', { names: viewing })
          : null;
  return words === null ? null : <span className={styles['line']}>{words}</span>;
}
