import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContactDetail } from '../../../../shared/contract/contacts.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { longDate } from '../words.ts';
import styles from './Person.module.css';
import { Section } from './Section.tsx';

/** Records that became part of this one; each can be taken out again, whenever. */
export function Merges({ detail }: { readonly detail: ContactDetail }): ReactNode {
  const bridge = useBridge();
  const { users } = useLookup();
  if (detail.merges.length === 0) return null;
  const undo = (mergeId: string): void => {
    const { show, tell } = useNotices.getState();
    bridge.call('contact.unmerge', { mergeId }).then(
      () => tell(t('person.done.unmerged'), null),
      (error: unknown) => show(callWords(error)),
    );
  };
  return (
    <Section title={t('person.merges')}>
      <ul className={styles['lines']}>
        {detail.merges.map((merge) => (
          <li key={merge.id} className={styles['lineItem']}>
            <span className={styles['grow']}>
              <bdi>{merge.loser.name}</bdi>
              <span className={styles['quiet']}>
                {' '}
                {t('person.mergedOn', {
                  date: longDate(merge.mergedAt),
                  name:
                    (merge.mergedBy === null ? undefined : users.get(merge.mergedBy)?.name) ??
                    t('message.activity.gateway'),
                })}
              </span>
            </span>
            <Button size="small" icon={<Undo2 size={12} />} onPress={() => undo(merge.id)}>
              {t('person.unmerge')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
