import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { downloadTicket } from '../../../lib/download.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from './Diagnostics.module.css';
import { Group, Row } from '../Row.tsx';

/** What waits, what was set aside, what was slow, the end of the log; and all of it as a file for support. */
export function DiagnosticsReport(): ReactNode {
  const bridge = useBridge();
  const { show } = useNotices.getState();
  const { data, error } = useQuery({
    queryKey: ['diagnostics', 'report'],
    queryFn: () => bridge.call('diagnostics.report', {}),
    refetchOnMount: 'always',
  });
  return (
    <>
      <Group>
        <Row isLabelled={false} title={t('audit.bundle')} hint={t('audit.bundleHint')}>
          <Button
            size="small"
            icon={<Download size={14} />}
            onPress={() => {
              bridge
                .call('diagnostics.bundle', {})
                .then(({ ticket, fileName }) => downloadTicket(ticket, fileName))
                .catch((error: unknown) => show(callWords(error)));
            }}
          >
            {t('audit.bundleNow')}
          </Button>
        </Row>
      </Group>
      {error === null ? null : <p className={styles['text']}>{callWords(error)}</p>}
      {data === undefined ? null : (
        <>
          <Lines
            title={t('audit.versions')}
            lines={Object.entries(data.versions).map(([name, version]) => [name, version])}
          />
          <Lines
            title={t('audit.queue')}
            lines={data.queue.map((each) => [`${each.type} · ${each.state}`, count(each.count)])}
          />
          <Lines
            title={t('audit.quarantine')}
            lines={data.quarantine.map((each) => [`${each.type} · ${each.reason}`, count(each.count)])}
          />
          <Lines
            title={t('audit.slow')}
            lines={data.slow.map((each) => [
              each.statement,
              t('audit.slowTimes', { ms: count(each.worstMs), number: count(each.count) }),
            ])}
          />
          <Group title={t('audit.log')}>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, with keys too */}
            <pre className={styles['log']} role="group" dir="ltr" aria-label={t('audit.log')} tabIndex={0}>
              {data.log.join('\n')}
            </pre>
          </Group>
        </>
      )}
    </>
  );
}

function Lines({
  title,
  lines,
}: {
  readonly title: string;
  readonly lines: ReadonlyArray<readonly [string, string]>;
}): ReactNode {
  return (
    <Group title={title}>
      {lines.length === 0 ? (
        <p className={styles['text']}>{t('audit.nothing')}</p>
      ) : (
        <dl className={styles['list']}>
          {lines.map(([name, value]) => (
            <div key={name} className={styles['line']}>
              <dt className={styles['name']}>
                <bdi>{name}</bdi>
              </dt>
              <dd className={styles['value']}>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Group>
  );
}
