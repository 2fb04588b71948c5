import { ArrowLeft, CheckCheck, Inbox as InboxIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import type { OutboxItem } from '../../../../shared/contract/rows.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useOutbox } from '../../../lib/queries/writing.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { EditDialog } from './EditDialog.tsx';
import styles from './Outbox.module.css';
import { OutboxRow } from './OutboxRow.tsx';

export interface OutboxScreenProps {
  readonly onBack: () => void;
  readonly onOpen: (conversationId: string) => void;
}

/** Messages are what the number at the foot of the window counts. */
const GROUPS = ['messages', 'changes'] as const;
const isOf = {
  messages: (item: OutboxItem): boolean => item.change === null,
  changes: (item: OutboxItem): boolean => item.change !== null,
} as const;

/** The outbox as a place: everything that has not reached the gateway, why, and what can be done about it. */
export function OutboxScreen({ onBack, onOpen }: OutboxScreenProps): ReactNode {
  const bridge = useBridge();
  const { data, failed, again } = useOutbox();
  const now = useNow(10_000);
  const [editing, setEditing] = useState<OutboxItem | null>(null);
  const [discarding, setDiscarding] = useState<OutboxItem | null>(null);
  const fail = (error: unknown): void => useNotices.getState().show(callWords(error));

  // A message that waits for its time or for another try goes at once, too.
  const retry = ({ conversationId, messageId }: OutboxItem, anyway: boolean): void => {
    if (messageId === null) return;
    bridge.call('message.retry', { conversationId, messageId, anyway }).then(again, fail);
  };
  const discard = ({ conversationId, messageId }: OutboxItem): void => {
    setDiscarding(null);
    if (messageId === null) return;
    bridge.call('message.discard', { conversationId, messageId }).then(again, fail);
  };

  return (
    <main className={styles['screen']}>
      <header className={styles['header']}>
        <IconButton label={t('writing.outbox.back')} onPress={onBack}>
          <ArrowLeft size={16} className={styles['flip']} />
        </IconButton>
        <h1 className={styles['title']}>{t('writing.outbox.title')}</h1>
      </header>
      <div className={styles['body']}>
        {data === undefined ? (
          failed ? (
            <EmptyState
              icon={<InboxIcon size={24} />}
              text={t('writing.outbox.failedToLoad')}
              action={<Button onPress={again}>{t('app.retry')}</Button>}
            />
          ) : null
        ) : data.length === 0 ? (
          <EmptyState
            icon={<CheckCheck size={24} />}
            text={t('writing.outbox.empty')}
            action={<Button onPress={onBack}>{t('writing.outbox.back')}</Button>}
          />
        ) : (
          <div className={styles['column']}>
            <p className={styles['intro']}>{t('writing.outbox.intro')}</p>
            {GROUPS.map((group) => (
              <Group key={group} title={t(`writing.outbox.${group}`)} items={data.filter(isOf[group])}>
                {(item) => (
                  <OutboxRow
                    key={item.status.id}
                    item={item}
                    now={now}
                    onOpen={() => onOpen(item.conversationId)}
                    onEdit={() => setEditing(item)}
                    onDiscard={() => setDiscarding(item)}
                    onRetry={(anyway) => retry(item, anyway)}
                  />
                )}
              </Group>
            ))}
          </div>
        )}
      </div>
      {editing === null ? null : (
        <EditDialog
          item={editing}
          onClose={() => setEditing(null)}
          onSave={(content, sendAt) => {
            setEditing(null);
            const { conversationId, messageId } = editing;
            if (messageId === null) return;
            bridge.call('message.revise', { conversationId, messageId, content, sendAt }).then(again, fail);
          }}
        />
      )}
      <DangerDialog
        title={t('writing.outbox.discardTitle')}
        isOpen={discarding !== null}
        onClose={() => setDiscarding(null)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('writing.outbox.cancel')}
        onAction={() => {
          if (discarding !== null) discard(discarding);
        }}
      >
        <p className={styles['quoted']} dir="auto">
          {discarding?.text}
        </p>
        <p>{t('writing.outbox.discardText')}</p>
      </DangerDialog>
    </main>
  );
}

interface GroupProps {
  readonly title: string;
  readonly items: ReadonlyArray<OutboxItem>;
  readonly children: (item: OutboxItem) => ReactNode;
}

function Group({ title, items, children }: GroupProps): ReactNode {
  const id = useId();
  if (items.length === 0) return null;
  return (
    <section className={styles['group']}>
      <h2 id={id} className={styles['groupTitle']}>
        {title} <span className={styles['number']}>{count(items.length)}</span>
      </h2>
      <ul className={styles['list']} aria-labelledby={id}>
        {items.map(children)}
      </ul>
    </section>
  );
}
