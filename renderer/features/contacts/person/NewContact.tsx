import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { isEmail } from '../../../../shared/domain/contact-field.ts';
import type { ContactPatch } from '../../../../shared/domain/contact.ts';
import { parsePhone } from '../../../../shared/text/phone.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { homeRegion, phoneMistake } from '../../../lib/phoneWords.ts';
import { offerUndo } from '../../../lib/undo/undo.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from '../fields/Fields.module.css';
import { AgeNote } from '../place/AgeNote.tsx';

/** Somebody new: a name, and a way to reach them. All else is put in on the person's page. */
export function NewContact({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (contactId: string) => void;
}): ReactNode {
  const bridge = useBridge();
  const formId = useId();
  const [name, setName] = useState('');
  const [company, setCompany] = useState('');
  const [phone, setPhone] = useState('');
  const [email, setEmail] = useState('');
  const [mistakes, setMistakes] = useState<{ readonly phone?: string; readonly email?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);

  const save = (): void => {
    if (name.trim() === '' || saving) return;
    const wrongPhone = phone.trim() === '' ? null : phoneMistake(phone);
    const wrongEmail = email.trim() === '' || isEmail(email.trim()) ? null : t('person.mistake.not_an_email');
    setMistakes({
      ...(wrongPhone === null ? {} : { phone: wrongPhone }),
      ...(wrongEmail === null ? {} : { email: wrongEmail }),
    });
    if (wrongPhone !== null || wrongEmail !== null) return;
    const parsed = phone.trim() === '' ? null : parsePhone(phone, homeRegion());
    const patch: ContactPatch = {
      name: name.trim(),
      ...(company.trim() === '' ? {} : { company: company.trim() }),
      ...(parsed?.ok === true ? { phone: parsed.e164 } : {}),
      ...(email.trim() === '' ? {} : { email: email.trim().toLowerCase() }),
    };
    setSaving(true);
    bridge.call('contact.save', { contactId: null, patch }).then(
      ({ contactId, undoId }) => {
        offerUndo(bridge, undoId, t('person.done.made', { name: name.trim() }));
        onClose();
        onMade(contactId);
      },
      (error: unknown) => {
        setSaving(false);
        setProblem(callWords(error));
      },
    );
  };

  return (
    <Dialog
      title={t('person.newTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form={formId}
            isDisabled={name.trim() === ''}
            isPending={saving}
          >
            {t('person.make')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        // What is wrong is said by us, when it is sent.
        noValidate
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <AgeNote />
        <TextField
          label={t('contacts.column.name')}
          value={name}
          onChange={setName}
          maxLength={200}
          startFocused
        />
        <TextField
          label={t('contacts.column.company')}
          value={company}
          onChange={setCompany}
          maxLength={200}
        />
        <TextField
          label={t('person.phone')}
          type="tel"
          value={phone}
          onChange={(next) => {
            setPhone(next);
            setMistakes({});
          }}
          maxLength={40}
          error={mistakes.phone}
        />
        <TextField
          label={t('person.email')}
          type="email"
          value={email}
          onChange={(next) => {
            setEmail(next);
            setMistakes({});
          }}
          maxLength={320}
          error={mistakes.email}
        />
        {problem === null ? null : (
          <p role="alert" className={styles['error']}>
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
