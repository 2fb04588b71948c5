import type { ReactNode } from 'react';
import type { ContactDetail } from '../../../../shared/contract/contacts.ts';
import { isEmail } from '../../../../shared/domain/contact-field.ts';
import { parsePhone } from '../../../../shared/text/phone.ts';
import { t } from '../../../i18n/t.ts';
import { homeRegion, phoneMistake, shownPhone } from '../../../lib/phoneWords.ts';
import { useContactFields } from '../../../lib/queries/contacts.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { useNow } from '../../../lib/useNow.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { FieldInput } from '../fields/FieldInput.tsx';
import { fieldValue } from '../fields/fieldValue.ts';
import { fieldWords, languageName, timeIn } from '../words.ts';
import type { Checked, EditorProps } from './Editable.tsx';
import { Editable } from './Editable.tsx';
import { languageOptions, zoneOptions } from './options.ts';
import styles from './Person.module.css';
import { Several } from './Several.tsx';
import { useSavePatch } from './savePatch.ts';
import { sourceWords } from './source.ts';

/** A text that may be left empty. */
function optional(text: string): Checked<string | null> {
  return { value: text.trim() === '' ? null : text.trim(), mistake: null };
}

/** A number as it is kept, or what is wrong with it. */
function checkPhone(text: string): Checked<string | null> {
  if (text.trim() === '') return { value: null, mistake: null };
  const parsed = parsePhone(text, homeRegion());
  return parsed.ok ? { value: parsed.e164, mistake: null } : { value: null, mistake: phoneMistake(text) };
}

function checkEmail(text: string): Checked<string | null> {
  const typed = text.trim();
  if (typed === '') return { value: null, mistake: null };
  return isEmail(typed)
    ? { value: typed.toLowerCase(), mistake: null }
    : { value: null, mistake: t('person.mistake.not_an_email') };
}

export interface DetailsProps {
  readonly detail: ContactDetail;
  /** Each value says where it comes from. */
  readonly showSources: boolean;
}

/** What is known of a person, each value editable where it stands. */
export function Details({ detail, showSources }: DetailsProps): ReactNode {
  const { contact } = detail;
  const fields = useContactFields();
  const lookup = useLookup();
  const save = useSavePatch(contact.id);
  const now = useNow(30_000);
  const source = (key: string): string | null => (showSources ? sourceWords(contact, key, lookup) : null);
  const local = contact.timeZone === null ? null : timeIn(contact.timeZone, now);
  const note = (props: EditorProps): ReactNode => (
    <textarea
      dir="auto"
      rows={4}
      maxLength={10_000}
      aria-label={props.label}
      className={styles['area']}
      value={props.text}
      onChange={(event) => props.onText(event.currentTarget.value)}
    />
  );

  return (
    <dl className={styles['rows']}>
      <Editable
        label={t('contacts.column.company')}
        shown={contact.company === null ? null : <bdi>{contact.company}</bdi>}
        text={contact.company ?? ''}
        maxLength={200}
        check={optional}
        source={source('company')}
        onSave={(company) => save({ company })}
      />
      <Several
        label={t('person.phone')}
        another={t('person.anotherPhone')}
        type="tel"
        values={contact.phone === null ? contact.phones : [contact.phone, ...contact.phones]}
        words={(value) => <bdi dir="ltr">{shownPhone(value)}</bdi>}
        textOf={shownPhone}
        check={checkPhone}
        source={source('phone')}
        onSave={([phone = null, ...phones]) => save({ phone, phones })}
      />
      <Several
        label={t('person.email')}
        another={t('person.anotherEmail')}
        type="email"
        values={contact.email === null ? contact.emails : [contact.email, ...contact.emails]}
        words={(value) => <bdi dir="ltr">{value}</bdi>}
        textOf={(value) => value}
        check={checkEmail}
        source={source('email')}
        onSave={([email = null, ...emails]) => save({ email, emails })}
      />
      <Editable
        label={t('contacts.column.language')}
        shown={contact.language === null ? null : languageName(contact.language)}
        text={contact.language ?? ''}
        check={optional}
        source={source('language')}
        onSave={(language) => save({ language })}
        editor={({ text, onText, label }) => (
          <SelectField
            quiet
            label={label}
            value={text}
            options={[{ value: '', label: t('contacts.noValue') }, ...languageOptions(contact.language)]}
            onChange={onText}
          />
        )}
      />
      <Editable
        label={t('contacts.column.timeZone')}
        shown={
          contact.timeZone === null ? null : (
            <>
              {contact.timeZone.replaceAll('_', ' ')}
              {local === null ? null : (
                <span className={styles['quiet']}> · {t('person.localTime', { time: local })}</span>
              )}
            </>
          )
        }
        text={contact.timeZone ?? ''}
        check={optional}
        source={source('timeZone')}
        onSave={(timeZone) => save({ timeZone })}
        editor={({ text, onText, label }) => (
          <SelectField
            quiet
            label={label}
            value={text}
            options={[{ value: '', label: t('contacts.noValue') }, ...zoneOptions(contact.timeZone)]}
            onChange={onText}
          />
        )}
      />
      {fields.map((field) => {
        const value = contact.fields[field.id];
        return (
          <Editable
            key={field.id}
            label={field.name}
            shown={value === undefined ? null : <bdi>{fieldWords(field, value)}</bdi>}
            text={value ?? ''}
            check={(text) => fieldValue(field, text)}
            source={source(`field:${field.id}`)}
            onSave={(next) => save({ fields: { [field.id]: next } })}
            editor={({ text, onText }) => <FieldInput quiet field={field} value={text} onChange={onText} />}
          />
        );
      })}
      <Editable
        label={t('contacts.column.note')}
        shown={contact.note === '' ? null : <span className={styles['note']}>{contact.note}</span>}
        text={contact.note}
        check={(text) => ({ value: text.trim(), mistake: null })}
        source={source('note')}
        onSave={(text) => save({ note: text })}
        editor={note}
      />
    </dl>
  );
}
