import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import type { OlderProgress } from '../../../lib/queries/older.ts';
import { loadAllOlder } from '../../../lib/queries/older.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from './SearchPane.module.css';

export interface CoverageProps {
  readonly searched: number;
  readonly total: number;
  readonly complete: boolean;
  /** Whose older history is loaded first, or alone. */
  readonly conversationIds: ReadonlyArray<string>;
  /** The search is over all conversations. */
  readonly everything: boolean;
  /** Searches again: there is more to search. */
  readonly again: () => void;
}

/** Messages after which the results are looked at again, while more are coming. */
const STRIDE = 500;

/** How much was searched, and a way to the rest: as far as one likes, up to all that the gateway has. */
export function Coverage({
  searched,
  total,
  complete,
  conversationIds,
  everything,
  again,
}: CoverageProps): ReactNode {
  const bridge = useBridge();
  const [progress, setProgress] = useState<OlderProgress | null>(null);
  const abort = useRef<AbortController | null>(null);
  // Whoever closes the search does not wait for it any more.
  useEffect(() => () => abort.current?.abort(), []);

  const load = async (): Promise<void> => {
    const { show, tell } = useNotices.getState();
    const own = new AbortController();
    abort.current = own;
    let shown = 0;
    try {
      const messages = await loadAllOlder(bridge, {
        first: [...new Set(conversationIds)],
        everything,
        signal: own.signal,
        onProgress(next) {
          setProgress(next);
          if (next.messages - shown < STRIDE) return;
          shown = next.messages;
          again();
        },
      });
      tell(t('search.loaded', { count: messages }), null);
    } catch (error) {
      show(callWords(error));
    } finally {
      setProgress(null);
      again();
    }
  };

  return (
    <div className={styles['cover']}>
      <span role="status">
        {t('search.covered', { searched: count(searched), total: count(total) })}
        {'; '}
        {complete ? t('search.complete') : t('search.older')}
      </span>
      {progress === null ? (
        complete ? null : (
          <Button size="small" variant="ghost" onPress={() => void load()}>
            {t('search.load')}
          </Button>
        )
      ) : (
        <span className={styles['loading']}>
          <span>{progressWords(progress)}</span>
          <Button size="small" variant="ghost" onPress={() => abort.current?.abort()}>
            {t('app.cancel')}
          </Button>
        </span>
      )}
    </div>
  );
}

function progressWords({ messages, left }: OlderProgress): string {
  const came = t('search.loadingCount', { count: messages });
  return left === null || left === 0 ? came : `${came} · ${t('search.loadingLeft', { count: left })}`;
}
