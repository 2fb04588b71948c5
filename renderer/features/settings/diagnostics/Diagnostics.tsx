import { useQuery } from '@tanstack/react-query';
import { CircleAlert, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CallOutput } from '../../../../shared/contract/calls.ts';
import { count, fileSize } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { DiagnosticsReport } from './DiagnosticsReport.tsx';
import styles from './Diagnostics.module.css';

type Numbers = CallOutput<'diagnostics.get'>;

/** What support asks for. Numbers only. */
export function Diagnostics(): ReactNode {
  const bridge = useBridge();
  const { show, tell } = useNotices.getState();
  const query = useQuery({
    queryKey: ['diagnostics'],
    queryFn: () => bridge.call('diagnostics.get', {}),
    refetchOnMount: 'always',
    // Nothing tells of every change.
    refetchInterval: 5_000,
  });
  if (query.isError && query.data === undefined) {
    return (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={`${t('settings.diagnostics.failed')} ${callWords(query.error)}`}
        action={<Button onPress={() => void query.refetch()}>{t('app.retry')}</Button>}
      />
    );
  }
  const lines = query.data === undefined ? [] : linesOf(query.data);
  return (
    <>
      <div className={styles['head']}>
        <p className={styles['text']}>{t('settings.diagnostics.text')}</p>
        <Button
          size="small"
          icon={<Copy size={14} />}
          isDisabled={query.data === undefined}
          onPress={() => {
            navigator.clipboard
              .writeText(JSON.stringify(query.data, null, 2))
              .then(() => tell(t('settings.diagnostics.copied'), null))
              .catch(() => show(t('settings.diagnostics.copyFailed')));
          }}
        >
          {t('settings.diagnostics.copy')}
        </Button>
      </div>
      <dl className={styles['list']}>
        {lines.map(([name, value]) => (
          <div key={name} className={styles['line']}>
            <dt>{name}</dt>
            <dd className={styles['value']}>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <DiagnosticsReport />
    </>
  );
}

function linesOf(numbers: Numbers): ReadonlyArray<readonly [string, string]> {
  return [
    [t('settings.diagnostics.cursor'), count(numbers.cursor)],
    [t('settings.diagnostics.messages'), count(numbers.messages)],
    [t('settings.diagnostics.conversations'), count(numbers.conversations)],
    [t('settings.diagnostics.outbox'), count(numbers.outbox)],
    [t('settings.diagnostics.quarantined'), count(numbers.quarantined)],
    [t('settings.diagnostics.cacheBytes'), fileSize(numbers.cacheBytes)],
    [t('settings.diagnostics.cipher'), numbers.cipher],
    [t('settings.diagnostics.keyMode'), keyWords(numbers.keyMode)],
  ];
}

function keyWords(mode: string | null): string {
  switch (mode) {
    case 'keychain':
    case 'passphrase':
    case 'file':
      return t(`settings.diagnostics.key.${mode}`);
    default:
      return mode ?? t('settings.diagnostics.key.none');
  }
}
