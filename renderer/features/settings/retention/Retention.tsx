import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, Clock, HardDriveDownload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { CallOutput } from '../../../../shared/contract/calls.ts';
import type { RetentionClass, RetentionDays } from '../../../../shared/domain/retention.ts';
import { RETENTION_CLASSES, effectiveRetention } from '../../../../shared/domain/retention.ts';
import { count, fileSize, dayAndTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useReady } from '../../../lib/queries/hooks.ts';
import { keys } from '../../../lib/queries/keys.ts';
import type { RetentionView } from '../../../lib/queries/retention.ts';
import { useRetention } from '../../../lib/queries/retention.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { isTyped } from '../../../lib/typedName.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { TypedNameField } from '../../../ui/TypedNameField.tsx';
import { Holds } from './Holds.tsx';
import { Receipts } from './Receipts.tsx';
import { cx } from '../../../ui/cx.ts';
import styles from './Retention.module.css';
import { Group, Row, SwitchRow } from '../Row.tsx';
import { Scroll } from './Scroll.tsx';

type Preview = CallOutput<'retention.preview'>;
type Texts = Record<RetentionClass, string>;

/** The rules of gateway, workspace and device side by side, what holds, what a change would do, holds and receipts. */
export function Retention(): ReactNode {
  const query = useRetention();
  if (query.isError && query.data === undefined) {
    return (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={t('retention.failed')}
        action={<Button onPress={() => void query.refetch()}>{t('app.retry')}</Button>}
      />
    );
  }
  if (query.data === undefined) return null;
  const { workspace, device } = query.data;
  // What was typed belongs to the rule that it was typed over.
  return <Rules key={`${String(workspace.rev)} ${JSON.stringify(device)}`} view={query.data} />;
}

function textsOf(days: RetentionDays): Texts {
  const texts = RETENTION_CLASSES.map((name) => [name, days[name] === null ? '' : String(days[name])]);
  return Object.fromEntries(texts) as Texts;
}

function isDays(text: string): boolean {
  return text === '' || (/^\d{1,5}$/u.test(text) && Number(text) >= 1 && Number(text) <= 36_500);
}

function daysOf(texts: Texts): RetentionDays {
  const days = RETENTION_CLASSES.map((name) => [name, texts[name] === '' ? null : Number(texts[name])]);
  return Object.fromEntries(days) as RetentionDays;
}

function Rules({ view }: { readonly view: RetentionView }): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const { show, tell } = useNotices.getState();
  const { policy, mayEdit } = view;
  const [ours, setOurs] = useState(() => textsOf(view.workspace.days));
  const [mine, setMine] = useState(() => textsOf(view.device.days));
  const [mode, setMode] = useState(view.workspace.mode);
  const [storage, setStorage] = useState(view.workspace.storage);
  const [deviceOff, setDeviceOff] = useState(view.device.storage === 'off');
  const [asked, setAsked] = useState<Preview | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [typed, setTyped] = useState('');
  const { name: workspaceName } = useReady().workspace;

  const isValid = [...Object.values(ours), ...Object.values(mine)].every(isDays);
  const workspace = isValid ? { ...view.workspace, days: daysOf(ours), mode, storage } : view.workspace;
  const device = isValid
    ? { ...view.device, days: daysOf(mine), storage: deviceOff ? ('off' as const) : null }
    : view.device;
  const effective = effectiveRetention({ policy, workspace, device });
  // Nothing that is here goes: no name is asked for.
  const turnsOff = effective.storage.value === 'off' && !wasOff(view);
  const loses = turnsOff || (asked !== null && !isNothing(asked));
  const mayGo = !loses || isTyped(typed, workspaceName);
  const isOurs = JSON.stringify(workspace) !== JSON.stringify(view.workspace);
  const isMine = JSON.stringify(device) !== JSON.stringify(view.device);

  const fail = (error: unknown): void => show(callWords(error));
  const refresh = (): void => void client.invalidateQueries({ queryKey: keys.retention });

  const ask = (): void => {
    setTyped('');
    bridge.call('retention.preview', { workspace, device }).then(setAsked, fail);
  };
  const save = (): void => {
    if (!mayGo) return;
    setAsked(null);
    void (async () => {
      try {
        if (isMine) await bridge.call('retention.device', { rule: device });
        const { updatedAt: _at, updatedBy: _by, rev: _rev, ...rule } = workspace;
        if (isOurs) await bridge.call('retention.save', { rule });
        tell(t(isOurs ? 'retention.rule.saved' : 'retention.rule.deviceSaved'), null);
      } catch (error) {
        show(isMine && !isOurs ? t('retention.rule.looser') : callWords(error));
      }
      refresh();
    })();
  };
  const purge = (): void => {
    setBusy(true);
    bridge
      .call('retention.purge', {})
      .then(({ receipt }) => {
        if (receipt === null) tell(t('retention.rule.nothingOver'), null);
        refresh();
      }, fail)
      .finally(() => setBusy(false));
  };
  const field = (who: 'workspace' | 'device', name: RetentionClass): ReactNode => {
    const texts = who === 'workspace' ? ours : mine;
    const set = who === 'workspace' ? setOurs : setMine;
    return (
      <input
        className={styles['days']}
        inputMode="numeric"
        aria-label={t('retention.rule.daysOf', {
          what: t(`retention.rule.class.${name}`),
          who: t(`retention.rule.${who}`),
        })}
        aria-invalid={isDays(texts[name]) ? undefined : true}
        value={texts[name]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          set((before) => ({ ...before, [name]: value.trim() }));
        }}
      />
    );
  };
  return (
    <>
      <p className={styles['text']}>{t('retention.rule.intro')}</p>
      {view.deviceClock === 'right' ? null : (
        <Banner tone="warn" icon={<Clock size={16} />}>
          {t(view.deviceClock === 'fast' ? 'retention.rule.clockFast' : 'retention.rule.clockSlow')}
        </Banner>
      )}
      {effective.storage.value === 'off' ? (
        <Banner tone="neutral" icon={<HardDriveDownload size={16} />}>
          {t('retention.storage.off')}
        </Banner>
      ) : null}
      {mayEdit ? null : <p className={styles['strong']}>{t('retention.rule.ownersOnly')}</p>}
      <Scroll label={t('retention.rule.table')}>
        <table className={cx(styles['table'], styles['stack'])}>
          <caption className={styles['small']}>{t('retention.rule.days')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('retention.rule.what')}</th>
              <th scope="col">{t('retention.rule.gateway')}</th>
              <th scope="col">{t('retention.rule.workspace')}</th>
              <th scope="col">{t('retention.rule.device')}</th>
              <th scope="col">{t('retention.rule.holds')}</th>
            </tr>
          </thead>
          <tbody>
            {RETENTION_CLASSES.map((name) => {
              const clock = effective.clocks[name];
              const stated = (days: number | null): string =>
                days === null ? t('retention.promises.notStated') : count(days);
              return (
                <tr key={name}>
                  <th scope="row">{t(`retention.rule.class.${name}`)}</th>
                  <td data-label={t('retention.rule.gateway')}>{stated(clock.limits.gateway)}</td>
                  <td data-label={t('retention.rule.workspace')}>
                    {mayEdit ? field('workspace', name) : stated(clock.limits.workspace)}
                  </td>
                  <td data-label={t('retention.rule.device')}>{field('device', name)}</td>
                  <td data-label={t('retention.rule.holds')}>
                    <span>
                      <strong>{stated(clock.days)}</strong>{' '}
                      {clock.decidedBy === null ? null : (
                        <span className={styles['small']}>
                          {t('retention.rule.by', { who: t(`retention.rule.${clock.decidedBy.source}`) })}
                        </span>
                      )}
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {isValid ? null : (
        <p role="alert" className={styles['warn']}>
          {t('retention.rule.badDays')}
        </p>
      )}
      <Group>
        {mayEdit && policy?.purgeModes.offered.includes('anonymise') === true ? (
          <Row title={t('retention.rule.mode')} hint={t('retention.rule.modeHint')}>
            <Segmented
              label={t('retention.rule.mode')}
              value={mode}
              segments={[
                { value: 'delete', label: t('retention.promises.value.delete') },
                { value: 'anonymise', label: t('retention.promises.value.anonymise') },
              ]}
              onChange={setMode}
            />
          </Row>
        ) : null}
        {mayEdit ? (
          <SwitchRow
            id="workspace-storage"
            title={t('retention.rule.storage')}
            hint={t('retention.rule.storageHint')}
            isSelected={storage === 'on'}
            onChange={(on) => setStorage(on ? 'on' : 'off')}
          />
        ) : null}
        <SwitchRow
          id="device-storage"
          title={`${t('retention.rule.storage')}: ${t('retention.rule.device')}`}
          isSelected={!deviceOff}
          onChange={(on) => setDeviceOff(!on)}
        />
      </Group>
      <div className={styles['actions']}>
        <Button variant="primary" isDisabled={!isValid || (!isOurs && !isMine)} onPress={ask}>
          {t('retention.rule.preview')}
        </Button>
        <Button isDisabled={isBusy} onPress={purge}>
          {t('retention.rule.now')}
        </Button>
      </div>
      <Holds view={view} onDone={refresh} />
      <Receipts receipts={view.receipts} />
      <DangerDialog
        title={t('retention.rule.askTitle')}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('retention.rule.save')}
        isDisabled={!mayGo}
        onAction={save}
      >
        {asked === null ? null : <Would preview={asked} isOff={effective.storage.value === 'off'} />}
        {loses ? (
          <TypedNameField
            label={t('app.typeName', { name: workspaceName })}
            value={typed}
            onChange={setTyped}
          />
        ) : null}
      </DangerDialog>
    </>
  );
}

function isNothing({ messages, blanked, notes, files }: Preview): boolean {
  return messages + blanked + notes + files === 0;
}

function wasOff({ policy, workspace, device }: RetentionView): boolean {
  return effectiveRetention({ policy, workspace, device }).storage.value === 'off';
}

function Would({ preview, isOff }: { readonly preview: Preview; readonly isOff: boolean }): ReactNode {
  const { messages, conversations, blanked, held, bytes, oldestStays } = preview;
  const nothing = isNothing(preview);
  return (
    <>
      {isOff ? <p>{t('retention.rule.storageHint')}</p> : null}
      <p>
        {nothing
          ? t('retention.rule.wouldNothing')
          : t('retention.rule.would', {
              messages: t('retention.messages', { count: messages, n: count(messages) }),
              conversations: t('retention.conversations', { count: conversations, n: count(conversations) }),
              size: fileSize(bytes),
              day: oldestStays === null ? t('retention.rule.none') : dayAndTime(oldestStays),
            })}
      </p>
      {blanked > 0 ? <p>{t('retention.rule.blanked', { n: count(blanked) })}</p> : null}
      {held > 0 ? <p>{t('retention.rule.heldCount', { n: count(held) })}</p> : null}
    </>
  );
}
