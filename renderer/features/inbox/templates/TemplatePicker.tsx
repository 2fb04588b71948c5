import { Ban, LayoutTemplate, Search, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeferredValue, useState } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import type { TemplateContent } from '../../../../shared/domain/template-fill.ts';
import { sendableTemplate } from '../../../../shared/domain/template-fill.ts';
import type { Template } from '../../../../shared/domain/workspace.ts';
import { t } from '../../../i18n/t.ts';
import { useDirectory } from '../../../lib/queries/hooks.ts';
import { cx } from '../../../ui/cx.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TemplateForm } from './TemplateForm.tsx';
import { languagesOf, templatesFor } from './templateList.ts';
import styles from './Templates.module.css';
import { cannotWords, languageName } from './templateWords.ts';

export interface TemplatePickerProps {
  readonly detail: ConversationDetail;
  readonly onSend: (content: TemplateContent) => void;
}

const CATEGORIES: ReadonlyArray<Template['category']> = [
  'utility',
  'marketing',
  'authentication',
  'service',
  'other',
];

/** The templates of a channel: find one, fill it in, send it. */
export function TemplatePicker({ detail, onSend }: TemplatePickerProps): ReactNode {
  const { channel, contact } = detail;
  const templates = useDirectory()?.templates ?? [];
  const [query, setQuery] = useState('');
  const [language, setLanguage] = useState<string | null>(null);
  const [category, setCategory] = useState<Template['category'] | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const filter = useDeferredValue({ query, language, category });
  const all = templatesFor(templates, channel.id, { query: '', language: null, category: null });
  const shown = templatesFor(templates, channel.id, filter);
  // Whatever is chosen is as it is now: one that has been paused meanwhile shows it.
  const chosen = all.find(({ id }) => id === chosenId) ?? null;

  if (all.length === 0) return <p className={styles['empty']}>{t('writing.templates.none')}</p>;
  return (
    <div className={styles['picker']} data-chosen={chosen !== null || undefined}>
      <div className={styles['side']}>
        <div className={styles['search']}>
          <Search size={14} aria-hidden="true" />
          <input
            type="search"
            className={styles['searchBox']}
            aria-label={t('writing.templates.search')}
            placeholder={t('writing.templates.search')}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </div>
        <div className={styles['filters']}>
          <SelectField
            label={t('writing.templates.language')}
            quiet
            value={language ?? ''}
            options={[
              { value: '', label: t('writing.templates.anyLanguage') },
              ...languagesOf(templates, channel.id).map((code) => ({
                value: code,
                label: languageName(code),
              })),
            ]}
            onChange={(value) => setLanguage(value === '' ? null : value)}
          />
          <SelectField
            label={t('writing.templates.categoryLabel')}
            quiet
            value={category ?? ''}
            options={[
              { value: '', label: t('writing.templates.anyCategory') },
              ...CATEGORIES.filter((each) => all.some((template) => template.category === each)).map(
                (each) => ({
                  value: each,
                  label: t(`writing.templates.category.${each}`),
                }),
              ),
            ]}
            onChange={(value) => setCategory(CATEGORIES.find((each) => each === value) ?? null)}
          />
        </div>
        <ul className={styles['list']} aria-label={t('writing.templates.list')}>
          {shown.map((template) => (
            <li key={template.id}>
              <TemplateEntry
                template={template}
                cannot={cannotWords(sendableTemplate(template, contact))}
                chosen={template.id === chosenId}
                onChoose={() => setChosenId(template.id)}
              />
            </li>
          ))}
        </ul>
        {shown.length === 0 ? <p className={styles['empty']}>{t('writing.templates.noneFits')}</p> : null}
      </div>
      <div className={styles['form']}>
        {chosen === null ? (
          <p className={styles['choose']}>
            <LayoutTemplate size={20} aria-hidden="true" />
            {t('writing.templates.choose')}
          </p>
        ) : (
          <TemplateForm
            key={chosen.id}
            template={chosen}
            contact={contact}
            capabilities={channel.capabilities}
            onBack={() => setChosenId(null)}
            onSend={onSend}
          />
        )}
      </div>
    </div>
  );
}

interface TemplateEntryProps {
  readonly template: Template;
  readonly cannot: string | null;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function TemplateEntry({ template, cannot, chosen, onChoose }: TemplateEntryProps): ReactNode {
  return (
    <button
      type="button"
      className={cx(styles['entry'], cannot !== null && styles['cannot'])}
      aria-pressed={chosen}
      onClick={onChoose}
    >
      <span className={styles['entryName']} dir="auto">
        {template.name}
      </span>
      <span className={styles['entryFacts']}>
        {languageName(template.language)} · {t(`writing.templates.category.${template.category}`)}
      </span>
      {cannot !== null ? (
        <span className={styles['entryStop']}>
          <Ban size={12} aria-hidden="true" />
          {template.state === 'approved' ? cannot : t(`writing.templates.state.${template.state}`)}
        </span>
      ) : template.quality === 'yellow' || template.quality === 'red' ? (
        <span className={styles['entryWarn']}>
          <ShieldAlert size={12} aria-hidden="true" />
          {t(`writing.templates.quality.${template.quality}`)}
        </span>
      ) : null}
    </button>
  );
}
