import { CircleCheck, Download, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { CallInput, CallOutput } from '../../../../shared/contract/calls.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { downloadTicket } from '../../../lib/download.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { Group, Row } from '../Row.tsx';
import styles from './Audit.module.css';

type Check =
  | { readonly at: 'none' }
  | { readonly at: 'running'; readonly share: number }
  | { readonly at: 'done'; readonly entries: number; readonly brokenAt: number | null };

/** The check of the chain with its plain answer, and the export. */
export function AuditActions(): ReactNode {
  const bridge = useBridge();
  const { show } = useNotices.getState();
  const [check, setCheck] = useState<Check>({ at: 'none' });
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const verify = async (): Promise<void> => {
    let checked = 0;
    let after: CallInput<'audit.verify'>['after'] = null;
    setCheck({ at: 'running', share: 0 });
    try {
      do {
        const part: CallOutput<'audit.verify'> = await bridge.call('audit.verify', { after });
        if (!here.current) return;
        checked += part.checked;
        after = part.next;
        if (part.brokenAt !== null || after === null)
          setCheck({ at: 'done', entries: checked, brokenAt: part.brokenAt });
        else setCheck({ at: 'running', share: checked / Math.max(1, part.total) });
      } while (after !== null);
    } catch (error) {
      setCheck({ at: 'none' });
      show(callWords(error));
    }
  };

  return (
    <>
      <Group>
        <Row isLabelled={false} title={t('audit.verify')} hint={t('audit.verifyHint')}>
          <Button
            size="small"
            isPending={check.at === 'running'}
            onPress={() => {
              if (check.at !== 'running') void verify();
            }}
          >
            {t('audit.verifyNow')}
          </Button>
        </Row>
        <Row isLabelled={false} title={t('audit.export')} hint={t('audit.exportHint')}>
          <Button
            size="small"
            icon={<Download size={14} />}
            onPress={() => {
              bridge
                .call('audit.export', {})
                .then(({ ticket, fileName }) => downloadTicket(ticket, fileName))
                .catch((error: unknown) => show(callWords(error)));
            }}
          >
            {t('audit.exportNow')}
          </Button>
        </Row>
      </Group>
      {check.at === 'running' ? <Progress label={t('audit.verify')} value={check.share} /> : null}
      <div role="status">
        {check.at !== 'done' ? null : check.brokenAt === null ? (
          <p className={styles['whole']}>
            <CircleCheck size={16} aria-hidden="true" />
            {t('audit.whole', { count: check.entries, number: count(check.entries) })}
          </p>
        ) : (
          <p className={styles['broken']}>
            <TriangleAlert size={16} aria-hidden="true" />
            {t('audit.broken', { number: count(check.brokenAt) })}
          </p>
        )}
      </div>
    </>
  );
}
