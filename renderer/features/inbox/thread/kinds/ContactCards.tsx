import { Check, UserRound, UserRoundPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContactCard } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { cx } from '../../../../ui/cx.ts';
import { useThreadTools } from '../context.ts';
import styles from './kinds.module.css';

export function ContactCards({ cards }: { readonly cards: ReadonlyArray<ContactCard> }): ReactNode {
  return (
    <ul className={cx(styles['stack'], styles['wide'])} aria-label={t('message.contactCard.list')}>
      {cards.map((card, index) => (
        // Cards of one message never move.
        <li key={index} className={styles['row']}>
          <span className={styles['tile']} aria-hidden="true">
            <UserRound size={18} />
          </span>
          <span className={styles['words']}>
            <span className={styles['title']} dir="auto">
              {card.name === '' ? t('message.contactCard.unnamed') : card.name}
            </span>
            {card.organisation === null ? null : <span className={styles['small']}>{card.organisation}</span>}
            {[...card.phones, ...card.emails].map((line) => (
              <span key={line.value} className={styles['small']}>
                <bdi>{line.value}</bdi>
                {line.label === null ? null : ` · ${line.label.toLowerCase()}`}
              </span>
            ))}
            <AddContact card={card} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Makes a contact of the workspace out of a card; once is enough. */
function AddContact({ card }: { readonly card: ContactCard }): ReactNode {
  const { addContact } = useThreadTools();
  const [state, setState] = useState<'idle' | 'adding' | 'added' | 'failed'>('idle');
  if (state === 'added') {
    return (
      <span className={styles['label']} role="status">
        <Check size={14} aria-hidden="true" />
        {t('thread.card.added')}
      </span>
    );
  }
  return (
    <>
      {state === 'failed' ? (
        <span className={styles['small']} role="alert">
          {t('thread.card.failed')}
        </span>
      ) : null}
      <button
        type="button"
        className={styles['plainButton']}
        disabled={state === 'adding'}
        onClick={() => {
          setState('adding');
          addContact(card).then(
            () => setState('added'),
            () => setState('failed'),
          );
        }}
      >
        <UserRoundPlus size={14} aria-hidden="true" />
        {state === 'adding' ? t('thread.card.adding') : t('thread.card.add')}
      </button>
    </>
  );
}
