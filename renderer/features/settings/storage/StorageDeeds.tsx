import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { CallName, CallOutput } from '../../../../shared/contract/calls.ts';
import type { StorageTask } from '../../../../shared/contract/retention.ts';
import { count, fileSize } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { keys } from '../../../lib/queries/keys.ts';
import type { StorageView } from '../../../lib/queries/retention.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { Group, Row } from '../Row.tsx';

const MB = 1_000_000;
const LIMITS = [100 * MB, 500 * MB, 1_000 * MB, 5_000 * MB, 20_000 * MB];
type Freed = CallOutput<'storage.free'>;

/** What runs now, also when it was started before this page was opened. */
function useTask(view: StorageView): StorageTask | null {
  const bridge = useBridge();
  const [told, setTold] = useState<StorageTask | null | undefined>(undefined);
  useEffect(() => bridge.on('storage.task', ({ task }) => setTold(task)), [bridge]);
  return told === undefined ? view.task : told;
}

/** How far it is, and the way out. */
function Running({ task, label }: { readonly task: StorageTask; readonly label: string }): ReactNode {
  const { show } = useNotices.getState();
  const bridge = useBridge();
  return (
    <>
      <Progress label={label} value={task.total === 0 ? null : task.done / task.total} />
      <Button
        size="small"
        onPress={() =>
          void bridge.call('storage.cancel', {}).catch((error: unknown) => show(callWords(error)))
        }
      >
        {t('app.cancel')}
      </Button>
    </>
  );
}

/** What can be done about the space, and whether what is kept is sound. */
export function Deeds({ view }: { readonly view: StorageView }): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const { show, tell } = useNotices.getState();
  const [asked, setAsked] = useState<Freed | null>(null);
  const [busy, setBusy] = useState<CallName | null>(null);
  const { index, mediaLimit } = view;
  const task = useTask(view);

  /** One at a time; the numbers are read again afterwards. */
  function run<N extends CallName>(
    name: N,
    work: Promise<CallOutput<N>>,
    done: (output: CallOutput<N>) => void,
  ): void {
    setBusy(name);
    work
      .then(done, (error: unknown) => show(callWords(error)))
      .finally(() => {
        setBusy(null);
        void client.invalidateQueries({ queryKey: keys.storage });
      });
  }
  return (
    <Group>
      <Row title={t('retention.storage.limit')} hint={t('retention.storage.limitHint')}>
        <SelectField
          quiet
          label={t('retention.storage.limit')}
          name="media-limit"
          value={String(mediaLimit ?? '')}
          options={[
            { value: '', label: t('retention.storage.noLimit') },
            ...[...new Set([...LIMITS, ...(mediaLimit === null ? [] : [mediaLimit])])].map((bytes) => ({
              value: String(bytes),
              label: fileSize(bytes),
            })),
          ]}
          onChange={(value) =>
            run(
              'storage.limit',
              bridge.call('storage.limit', { mediaLimit: value === '' ? null : Number(value) }),
              () => undefined,
            )
          }
        />
      </Row>
      <Row isLabelled={false} title={t('retention.storage.free')} hint={t('retention.storage.freeHint')}>
        <Button
          size="small"
          isDisabled={busy !== null}
          onPress={() => run('storage.free', bridge.call('storage.free', { target: 0, dry: true }), setAsked)}
        >
          {t('retention.storage.free')}
        </Button>
      </Row>
      <Row
        isLabelled={false}
        title={t('retention.storage.compact')}
        hint={t('retention.storage.compactHint')}
      >
        {task?.kind === 'compact' ? <Running task={task} label={t('retention.storage.compact')} /> : null}
        <Button
          size="small"
          isDisabled={busy !== null || task !== null}
          onPress={() =>
            run('storage.compact', bridge.call('storage.compact', {}), ({ before, after }) =>
              tell(
                t('retention.storage.compacted', { before: fileSize(before), after: fileSize(after) }),
                null,
              ),
            )
          }
        >
          {t('retention.storage.compact')}
        </Button>
      </Row>
      <Row isLabelled={false} title={t('retention.storage.check')} hint={t('retention.storage.checkHint')}>
        {task?.kind === 'check' ? <Running task={task} label={t('retention.storage.check')} /> : null}
        <Button
          size="small"
          isDisabled={busy !== null || task !== null}
          onPress={() =>
            run('storage.check', bridge.call('storage.check', {}), ({ ok, problems, cancelled }) => {
              if (ok && cancelled) tell(t('retention.storage.checkCancelled'), null);
              else if (ok) tell(t('retention.storage.checkOk'), null);
              else show(t('retention.storage.checkBad', { n: count(problems) }));
            })
          }
        >
          {t('retention.storage.check')}
        </Button>
      </Row>
      <Row
        isLabelled={false}
        title={t('retention.storage.index')}
        hint={t('retention.storage.indexed', {
          indexed: count(index.indexed),
          total: count(index.total),
          size: fileSize(index.bytes),
        })}
      >
        <Button
          size="small"
          isDisabled={busy !== null}
          onPress={() =>
            run('storage.reindex', bridge.call('storage.reindex', {}), () =>
              tell(t('retention.storage.rebuilding'), null),
            )
          }
        >
          {t('retention.storage.rebuild')}
        </Button>
      </Row>
      <DangerDialog
        title={t('retention.storage.free')}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('retention.storage.free')}
        isDisabled={asked?.files === 0}
        onAction={() => {
          setAsked(null);
          run('storage.free', bridge.call('storage.free', { target: 0, dry: false }), () =>
            tell(t('retention.storage.freeDone'), null),
          );
        }}
      >
        {asked === null ? null : (
          <p>{t('retention.storage.freeAsk', { n: count(asked.files), size: fileSize(asked.bytes) })}</p>
        )}
      </DangerDialog>
    </Group>
  );
}
