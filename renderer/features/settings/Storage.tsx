import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, HardDriveDownload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { CallName, CallOutput } from '../../../shared/contract/calls.ts';
import { count, fileSize } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { keys } from '../../lib/queries/keys.ts';
import type { StorageView } from '../../lib/queries/retention.ts';
import { useStorage } from '../../lib/queries/retention.ts';
import { useNotices } from '../../lib/stores/notices.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { Switch } from '../../ui/Switch.tsx';
import styles from './Retention.module.css';
import { Group, Row } from './Row.tsx';
import { Scroll } from './Scroll.tsx';

const MB = 1_000_000;
const LIMITS = [100 * MB, 500 * MB, 1_000 * MB, 5_000 * MB, 20_000 * MB];
type Freed = CallOutput<'storage.free'>;

/** What takes the space on this machine, and what can be done about it. */
export function Storage(): ReactNode {
  const query = useStorage();
  if (query.isError && query.data === undefined) {
    return (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={t('retention.failed')}
        action={<Button onPress={() => void query.refetch()}>{t('app.retry')}</Button>}
      />
    );
  }
  if (query.data === undefined) return <Progress label={t('retention.storage.table')} value={null} />;
  return (
    <>
      {query.data.mode === 'off' ? (
        <Banner tone="neutral" icon={<HardDriveDownload size={16} />}>
          {t('retention.storage.off')}
        </Banner>
      ) : null}
      <Classes view={query.data} />
      <Deeds view={query.data} />
      <Conversations view={query.data} />
    </>
  );
}

function Classes({ view }: { readonly view: StorageView }): ReactNode {
  const shown = view.classes.filter(({ bytes }) => bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
  const total = shown.reduce((sum, { bytes }) => sum + bytes, 0);
  const share = (bytes: number): string => `${String(total === 0 ? 0 : (100 * bytes) / total)}%`;
  return (
    <Group title={t('retention.storage.table')}>
      <div className={styles['changes']}>
        <div className={styles['chart']} aria-hidden="true">
          {shown.map((each) => (
            <div key={each.class} className={styles['part']} style={{ inlineSize: share(each.bytes) }} />
          ))}
        </div>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('retention.storage.class')}</th>
              <th scope="col" className={styles['number']}>
                {t('retention.storage.count')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('retention.storage.size')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.class}>
                <th scope="row">{t(`retention.storage.classes.${each.class}`)}</th>
                <td className={styles['number']}>{each.count === 0 ? '' : count(each.count)}</td>
                <td className={styles['number']}>{fileSize(each.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={styles['small']}>{t('retention.storage.folder')}</p>
        <bdi className={styles['path']}>{view.folder}</bdi>
      </div>
    </Group>
  );
}

function Deeds({ view }: { readonly view: StorageView }): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const { show, tell } = useNotices.getState();
  const [asked, setAsked] = useState<Freed | null>(null);
  const [busy, setBusy] = useState<CallName | null>(null);
  const { index, mediaLimit } = view;

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
        {busy === 'storage.compact' ? <Progress label={t('retention.storage.compact')} value={null} /> : null}
        <Button
          size="small"
          isDisabled={busy !== null}
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
        {busy === 'storage.check' ? <Progress label={t('retention.storage.check')} value={null} /> : null}
        <Button
          size="small"
          isDisabled={busy !== null}
          onPress={() =>
            run('storage.check', bridge.call('storage.check', {}), ({ ok, problems }) => {
              if (ok) tell(t('retention.storage.checkOk'), null);
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
      <Dialog
        role="alertdialog"
        title={t('retention.storage.free')}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        actions={
          <>
            <Button onPress={() => setAsked(null)}>{t('app.cancel')}</Button>
            <Button
              variant="danger"
              isDisabled={asked?.files === 0}
              onPress={() => {
                setAsked(null);
                run('storage.free', bridge.call('storage.free', { target: 0, dry: false }), () =>
                  tell(t('retention.storage.freeDone'), null),
                );
              }}
            >
              {t('retention.storage.free')}
            </Button>
          </>
        }
      >
        {asked === null ? null : (
          <p>{t('retention.storage.freeAsk', { n: count(asked.files), size: fileSize(asked.bytes) })}</p>
        )}
      </Dialog>
    </Group>
  );
}

function Conversations({ view }: { readonly view: StorageView }): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const { show } = useNotices.getState();
  if (view.conversations.length === 0) return null;
  return (
    <Group title={t('retention.storage.byConversation')}>
      <Scroll label={t('retention.storage.byConversation')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('retention.storage.name')}</th>
              <th scope="col" className={styles['number']}>
                {t('retention.storage.classes.messages')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('retention.storage.size')}
              </th>
              <th scope="col">{t('retention.storage.pin')}</th>
            </tr>
          </thead>
          <tbody>
            {view.conversations.map((row) => (
              <tr key={row.conversationId}>
                <th scope="row">
                  <bdi>{row.contactName}</bdi>
                </th>
                <td className={styles['number']}>{count(row.messages)}</td>
                <td className={styles['number']}>{fileSize(row.bytes)}</td>
                <td>
                  <Switch
                    label={t('retention.storage.pinOf', { name: row.contactName })}
                    isSelected={row.pinned}
                    onChange={(pinned) => {
                      bridge
                        .call('storage.pin', { conversationId: row.conversationId, pinned })
                        .catch((error: unknown) => show(callWords(error)))
                        .finally(() => void client.invalidateQueries({ queryKey: keys.storage }));
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Group>
  );
}
