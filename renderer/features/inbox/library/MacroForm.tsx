import type { ReactNode } from 'react';
import { useState } from 'react';
import { ConversationStatus } from '../../../../shared/domain/conversation.ts';
import type { Macro } from '../../../../shared/domain/library.ts';
import { t } from '../../../i18n/t.ts';
import { useDirectory } from '../../../lib/queries/hooks.ts';
import type { MacroItem } from '../../../lib/queries/writing.ts';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FormFrame } from './FormFrame.tsx';
import styles from './Library.module.css';
import type { Scope } from './libraryForm.ts';
import { assignKey, assignOf, hasSteps, NEW_MACRO, tidyMacro } from './libraryForm.ts';

export interface MacroFormProps {
  /** Null: a new one. */
  readonly item: MacroItem | null;
  readonly mayTeam: boolean;
  readonly onSave: (scope: Scope, content: Macro) => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** One macro: a reply, labels, whom to assign to, what then. */
export function MacroForm({ item, mayTeam, onSave, onDelete, onClose }: MacroFormProps): ReactNode {
  const directory = useDirectory();
  const [macro, setMacro] = useState<Macro>(item?.content ?? NEW_MACRO);
  const [scope, setScope] = useState<Scope>(item?.scope ?? 'personal');
  const [tried, setTried] = useState(false);
  const labels = (directory?.labels ?? []).filter((label) => !label.deleted);
  const change = (patch: Partial<Macro>): void => setMacro({ ...macro, ...patch });
  const untitled = macro.title.trim() === '';

  const labelBoxes = (field: 'addLabelIds' | 'removeLabelIds', title: string): ReactNode => (
    <div role="group" aria-label={title} className={styles['group']}>
      <span className={styles['label']}>{title}</span>
      <div className={styles['checks']}>
        {labels.map(({ id, name }) => (
          <Checkbox
            key={id}
            isSelected={macro[field].includes(id)}
            onChange={(on) =>
              change({ [field]: on ? [...macro[field], id] : macro[field].filter((each) => each !== id) })
            }
          >
            {name}
          </Checkbox>
        ))}
      </div>
    </div>
  );

  return (
    <FormFrame
      title={item === null ? t('writing.library.addMacro') : item.content.title}
      scope={scope}
      onScope={setScope}
      mayTeam={mayTeam}
      locked={item?.scope === 'team' && !mayTeam}
      isNew={item === null}
      onSubmit={() => {
        setTried(true);
        if (!untitled && hasSteps(macro)) onSave(scope, tidyMacro(macro));
      }}
      onDelete={onDelete}
      onClose={onClose}
    >
      <TextField
        label={t('writing.library.name')}
        value={macro.title}
        maxLength={120}
        error={tried && untitled ? t('writing.library.missing') : undefined}
        onChange={(title) => change({ title })}
      />
      <TextArea
        label={t('writing.library.macro.reply')}
        description={t('writing.library.macro.replyHint')}
        value={macro.reply ?? ''}
        maxLength={4096}
        onChange={(reply) => change({ reply })}
      />
      {labels.length === 0 ? null : (
        <div className={styles['two']}>
          {labelBoxes('addLabelIds', t('writing.library.macro.add'))}
          {labelBoxes('removeLabelIds', t('writing.library.macro.remove'))}
        </div>
      )}
      <div className={styles['two']}>
        <SelectField
          label={t('writing.library.macro.assign')}
          value={assignKey(macro.assign)}
          options={[
            { value: '', label: t('writing.library.macro.noAssign') },
            { value: 'me', label: t('writing.library.macro.me') },
            { value: 'queue', label: t('writing.library.macro.queue') },
          ]}
          groups={[
            {
              title: t('writing.library.macro.teams'),
              options: (directory?.teams ?? []).map(({ id, name }) => ({ value: `team-${id}`, label: name })),
            },
            {
              title: t('writing.library.macro.people'),
              options: (directory?.users ?? [])
                .filter((user) => !user.disabled)
                .map(({ id, name }) => ({ value: `user-${id}`, label: name })),
            },
          ]}
          onChange={(key) => change({ assign: assignOf(key) })}
        />
        <SelectField
          label={t('writing.library.macro.status')}
          value={macro.status ?? ''}
          options={[
            { value: '', label: t('writing.library.macro.noStatus') },
            ...ConversationStatus.options.map((status) => ({
              value: status,
              label: t(`writing.library.macro.${status}`),
            })),
          ]}
          onChange={(value) => change({ status: ConversationStatus.safeParse(value).data ?? null })}
        />
      </div>
      {tried && !hasSteps(macro) ? (
        <p className={styles['problem']} role="alert">
          {t('writing.library.macro.empty')}
        </p>
      ) : null}
    </FormFrame>
  );
}
