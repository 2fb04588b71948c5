import { Copy, ExternalLink, List as ListIcon, Phone, Reply, SquareMousePointer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MessageButton } from '../../../../../shared/domain/message-content.ts';
import { safeLink } from '../../../../../shared/text/link-safety.ts';
import { t } from '../../../../i18n/t.ts';
import { useThreadTools } from '../context.ts';
import styles from './kinds.module.css';

/** The buttons under a message as the customer sees them: to look at, not to press. */
export function Choices({ buttons }: { readonly buttons: ReadonlyArray<MessageButton> }): ReactNode {
  if (buttons.length === 0) return null;
  return (
    <ul className={styles['choices']} aria-label={t('message.buttons.group')}>
      {buttons.map((button, index) => (
        // Buttons of one message never move.
        <li key={index}>
          <Choice button={button} />
        </li>
      ))}
    </ul>
  );
}

/** One that leads somewhere can be followed, after asking; the others are only the customer's to press. */
function Choice({ button }: { readonly button: MessageButton }): ReactNode {
  const { openLink } = useThreadTools();
  const href =
    button.value === null
      ? null
      : button.type === 'url'
        ? safeLink(button.value)
        : button.type === 'phone'
          ? safeLink(`tel:${button.value.replace(/[^+\d]/gu, '')}`)
          : null;
  const contents = (
    <>
      <ChoiceIcon type={button.type} />
      {button.title}
    </>
  );
  const title = button.value ?? undefined;
  return href === null ? (
    <span className={styles['choice']} title={title}>
      {contents}
    </span>
  ) : (
    <button
      type="button"
      className={`${styles['choice'] ?? ''} ${styles['choiceLink'] ?? ''}`}
      title={title}
      onClick={() => openLink(href)}
    >
      {contents}
    </button>
  );
}

/** The button that opens a list at the customer's. */
export function ListChoice({ title }: { readonly title: string }): ReactNode {
  return (
    <div className={styles['choices']}>
      <span className={styles['choice']} title={t('message.buttons.listOpens')}>
        <ListIcon size={14} aria-hidden="true" />
        {title}
      </span>
    </div>
  );
}

function ChoiceIcon({ type }: { readonly type: MessageButton['type'] }): ReactNode {
  if (type === 'url') return <ExternalLink size={14} aria-hidden="true" />;
  if (type === 'phone') return <Phone size={14} aria-hidden="true" />;
  if (type === 'copy') return <Copy size={14} aria-hidden="true" />;
  if (type === 'reply') return <Reply size={14} aria-hidden="true" />;
  return <SquareMousePointer size={14} aria-hidden="true" />;
}
