import { AlarmClock, Archive, Mail, MailOpen, Pin, Tag, UserPlus, UserRound, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import { count as countWords } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { keysOf } from '../../../lib/shortcuts/match.ts';
import { useCount, useReady, useViews } from '../../../lib/queries/hooks.ts';
import { viewKey } from '../../../lib/queries/keys.ts';
import { useOverlay } from '../../../lib/stores/overlay.ts';
import { useSelection } from '../../../lib/stores/selection.ts';
import { useBusy } from '../../../lib/undo/busy.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import styles from './BulkBar.module.css';
import { useTriage } from './context.ts';

/** Anything shorter needs no bar, in ms. */
const LONG = 400;

/** What can be done with everything that is selected; and that it is being done, when it takes long. */
export function BulkBar({ view }: { readonly view: View }): ReactNode {
  const picked = useSelection((state) => state.picked);
  const clear = useSelection((state) => state.clear);
  const open = useOverlay((state) => state.open);
  const triage = useTriage();
  const { me } = useReady();
  const views = useViews();
  const busy = useLongWork();
  const counted = useCount(view.kind === 'filter' ? view.filter : null);
  const total = counted ?? views?.find((each) => viewKey(each.view) === viewKey(view))?.total ?? 0;
  if (picked.size === 0) {
    return busy === 0 ? null : (
      <div className={styles['bar']}>
        <Working size={busy} />
      </div>
    );
  }
  const ids = [...picked];
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('triage.bulk.label')}>
      <div className={styles['row']}>
        <span className={styles['count']} role="status">
          {t('triage.bulk.selected', { count: picked.size })}
        </span>
        {total > picked.size ? (
          <Button size="small" variant="ghost" onPress={() => triage.pickAll()}>
            {t('triage.bulk.all', { total: countWords(total) })}
          </Button>
        ) : null}
        <IconButton label={t('triage.bulk.clear')} shortcut={keysOf('back')} onPress={clear}>
          <X size={16} />
        </IconButton>
      </div>
      <IconButton
        label={t('triage.act.assign')}
        shortcut={keysOf('assign')}
        onPress={() => open({ kind: 'assign', ids })}
      >
        <UserPlus size={16} />
      </IconButton>
      <IconButton
        label={t('triage.act.assignMe')}
        shortcut={keysOf('assignMe')}
        onPress={() => triage.assign(ids, { assigneeId: me.id, teamId: null, name: me.name }, null)}
      >
        <UserRound size={16} />
      </IconButton>
      <IconButton
        label={t('triage.act.label')}
        shortcut={keysOf('label')}
        onPress={() => open({ kind: 'label', ids })}
      >
        <Tag size={16} />
      </IconButton>
      <IconButton
        label={t('triage.act.snooze')}
        shortcut={keysOf('snooze')}
        onPress={() => open({ kind: 'snooze', ids })}
      >
        <AlarmClock size={16} />
      </IconButton>
      <IconButton
        label={t('triage.act.close')}
        shortcut={keysOf('close')}
        onPress={() => triage.toggleClosed(ids)}
      >
        <Archive size={16} />
      </IconButton>
      <IconButton label={t('triage.act.read')} shortcut={keysOf('read')} onPress={() => triage.read(ids)}>
        <MailOpen size={16} />
      </IconButton>
      <IconButton
        label={t('triage.act.unread')}
        shortcut={keysOf('unread')}
        onPress={() => triage.unread(ids)}
      >
        <Mail size={16} />
      </IconButton>
      <IconButton label={t('triage.act.pin')} shortcut={keysOf('pin')} onPress={() => triage.togglePin(ids)}>
        <Pin size={16} />
      </IconButton>
      {busy === 0 ? null : <Working size={busy} />}
    </div>
  );
}

function Working({ size }: { readonly size: number }): ReactNode {
  return (
    <div className={styles['progress']}>
      <Progress label={t('triage.bulk.working', { count: size })} value={null} />
    </div>
  );
}

/** How much is being worked at, once it has taken a while. */
function useLongWork(): number {
  const size = useBusy((state) => state.size);
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (size === 0) return undefined;
    const timer = setTimeout(() => setLong(true), LONG);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [size]);
  return long ? size : 0;
}
