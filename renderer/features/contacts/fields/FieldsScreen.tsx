import {
  ArrowDown,
  ArrowLeft,
  ArrowUp,
  GripVertical,
  Pencil,
  Plus,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContactField } from '../../../../shared/domain/contact-field.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useContactFields } from '../../../lib/queries/contacts.ts';
import { useReady } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { FieldForm } from './FieldForm.tsx';
import styles from './Fields.module.css';

const DRAGGED = 'application/x-parley-field';

/** The custom fields of the workspace: what there is for everybody, and changing it for owners. */
export function FieldsScreen({ onBack }: { readonly onBack: () => void }): ReactNode {
  const bridge = useBridge();
  const { me } = useReady();
  const fields = useContactFields();
  const [editing, setEditing] = useState<ContactField | 'new' | null>(null);
  const [deleting, setDeleting] = useState<ContactField | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const isOwner = me.role === 'owner';
  const fail = (error: unknown): void => useNotices.getState().show(callWords(error));

  const move = (id: string, to: number): void => {
    const field = fields.find((each) => each.id === id);
    if (field === undefined || to < 0 || to >= fields.length) return;
    const next = fields.filter((each) => each.id !== id);
    next.splice(to, 0, field);
    for (const [position, each] of next.entries()) {
      if (each.position === position) continue;
      const { name, type, choices } = each;
      bridge.call('field.save', { fieldId: each.id, field: { name, type, choices, position } }).catch(fail);
    }
  };
  const remove = (field: ContactField): void => {
    setDeleting(null);
    bridge
      .call('field.delete', { fieldId: field.id })
      .then(() => useNotices.getState().tell(t('contactFields.deleted', { name: field.name }), null), fail);
  };

  return (
    <main className={styles['screen']}>
      <header className={styles['header']}>
        <IconButton label={t('contactFields.back')} onPress={onBack}>
          <ArrowLeft size={16} className={styles['flip']} />
        </IconButton>
        <h1 className={styles['title']}>{t('contactFields.title')}</h1>
        {isOwner ? (
          <Button variant="primary" size="small" icon={<Plus size={14} />} onPress={() => setEditing('new')}>
            {t('contactFields.add')}
          </Button>
        ) : null}
      </header>
      <div className={styles['body']}>
        <div className={styles['column']}>
          <p className={styles['lead']}>
            {isOwner ? t('contactFields.lead') : t('contactFields.onlyOwners')}
          </p>
          {fields.length === 0 ? (
            <EmptyState
              icon={<SlidersHorizontal size={24} />}
              text={t('contactFields.none')}
              action={
                isOwner ? (
                  <Button variant="primary" onPress={() => setEditing('new')}>
                    {t('contactFields.add')}
                  </Button>
                ) : undefined
              }
            />
          ) : (
            <ol className={styles['list']} aria-label={t('contactFields.title')}>
              {fields.map((field, index) => (
                // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging; its buttons do the same
                <li
                  key={field.id}
                  className={styles['row']}
                  data-over={over === field.id || undefined}
                  draggable={isOwner}
                  onDragStart={(event) => event.dataTransfer.setData(DRAGGED, field.id)}
                  onDragOver={(event) => {
                    if (!event.dataTransfer.types.includes(DRAGGED)) return;
                    event.preventDefault();
                    setOver(field.id);
                  }}
                  onDragLeave={() => setOver(null)}
                  onDrop={(event) => {
                    setOver(null);
                    move(event.dataTransfer.getData(DRAGGED), index);
                  }}
                >
                  {isOwner ? (
                    <span className={styles['handle']}>
                      <GripVertical size={14} aria-hidden="true" />
                    </span>
                  ) : null}
                  <span className={styles['name']} dir="auto">
                    {field.name}
                  </span>
                  <span className={styles['type']}>{t(`contactFields.type.${field.type}`)}</span>
                  {isOwner ? (
                    <>
                      <IconButton
                        label={t('contacts.columns.up', { name: field.name })}
                        isDisabled={index === 0}
                        onPress={() => move(field.id, index - 1)}
                      >
                        <ArrowUp size={14} />
                      </IconButton>
                      <IconButton
                        label={t('contacts.columns.down', { name: field.name })}
                        isDisabled={index === fields.length - 1}
                        onPress={() => move(field.id, index + 1)}
                      >
                        <ArrowDown size={14} />
                      </IconButton>
                      <IconButton
                        label={t('contactFields.edit', { name: field.name })}
                        onPress={() => setEditing(field)}
                      >
                        <Pencil size={14} />
                      </IconButton>
                      <IconButton
                        label={t('contactFields.delete', { name: field.name })}
                        onPress={() => setDeleting(field)}
                      >
                        <Trash2 size={14} />
                      </IconButton>
                    </>
                  ) : null}
                </li>
              ))}
            </ol>
          )}
        </div>
      </div>
      {editing === null ? null : (
        <FieldForm
          field={editing === 'new' ? null : editing}
          position={fields.length}
          onClose={() => setEditing(null)}
        />
      )}
      <DangerDialog
        title={t('contactFields.deleteTitle', { name: deleting?.name ?? '' })}
        isOpen={deleting !== null}
        onClose={() => setDeleting(null)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('contactFields.deleteIt')}
        onAction={() => {
          if (deleting !== null) remove(deleting);
        }}
      >
        <p>{t('contactFields.deleteText')}</p>
      </DangerDialog>
    </main>
  );
}
