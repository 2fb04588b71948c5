import { ArrowLeft, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import styles from './Library.module.css';
import type { Scope } from './libraryForm.ts';

export interface FormFrameProps {
  readonly title: string;
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
  readonly mayTeam: boolean;
  /** A team item that this person may only look at. */
  readonly locked: boolean;
  /** A new one cannot be deleted. */
  readonly isNew: boolean;
  readonly onSubmit: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What the forms of the library have in common: for whom, save, delete. */
export function FormFrame(props: FormFrameProps): ReactNode {
  const { title, scope, onScope, mayTeam, locked, isNew, onSubmit, onDelete, onClose, children } = props;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!locked) onSubmit();
      }}
    >
      <div className={styles['formHead']}>
        <span className={styles['back']}>
          <IconButton label={t('app.close')} onPress={onClose}>
            <ArrowLeft size={16} className={styles['flip']} />
          </IconButton>
        </span>
        <h2 className={styles['formTitle']} dir="auto">
          {title}
        </h2>
      </div>
      {locked ? <p className={styles['locked']}>{t('writing.library.teamLocked')}</p> : null}
      <fieldset className={styles['fields']} disabled={locked}>
        {children}
        <SelectField
          label={t('writing.library.scope')}
          value={scope}
          isDisabled={locked || !mayTeam}
          options={[
            { value: 'personal', label: t('writing.library.personal') },
            { value: 'team', label: t('writing.library.team') },
          ]}
          onChange={(value) => onScope(value === 'team' ? 'team' : 'personal')}
        />
      </fieldset>
      {locked ? null : (
        <div className={styles['foot']}>
          {isNew ? null : (
            <Button variant="ghost" icon={<Trash2 size={14} />} onPress={onDelete}>
              {t('writing.library.delete')}
            </Button>
          )}
          <Button variant="primary" type="submit">
            {t('writing.library.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
