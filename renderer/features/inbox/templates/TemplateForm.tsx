import { ArrowLeft, Ban, Paperclip, Send, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import type { Capabilities } from '../../../../shared/domain/channel.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';
import type { MediaRef } from '../../../../shared/domain/message-content.ts';
import type {
  Placeholder,
  TemplateContent,
  TemplateVariables,
} from '../../../../shared/domain/template-fill.ts';
import {
  emptyVariables,
  fillTemplate,
  headerFileOf,
  placeholdersOf,
  previewOf,
  sendableTemplate,
} from '../../../../shared/domain/template-fill.ts';
import { checkUpload } from '../../../../shared/domain/upload-check.ts';
import type { Template } from '../../../../shared/domain/workspace.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { uploadFile } from '../../../lib/upload.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { refusalWords } from '../composer/uploadWords.ts';
import { Choices } from '../thread/kinds/Choices.tsx';
import { Framed } from '../thread/kinds/Framed.tsx';
import styles from './Templates.module.css';
import { cannotWords, languageName, placeWords, problemWords } from './templateWords.ts';

export interface TemplateFormProps {
  readonly template: Template;
  readonly contact: Contact;
  readonly capabilities: Capabilities;
  readonly onBack: () => void;
  readonly onSend: (content: TemplateContent) => void;
}

/** Fills in one template: each variable with what is wrong with it, and how the customer will see it. */
export function TemplateForm({
  template,
  contact,
  capabilities,
  onBack,
  onSend,
}: TemplateFormProps): ReactNode {
  const places = useMemo(() => placeholdersOf(template), [template]);
  const [values, setValues] = useState<TemplateVariables>(() => prefilled(template, contact));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [media, setMedia] = useState<MediaRef | null>(null);
  const verdict = sendableTemplate(template, contact);
  const cannot = cannotWords(verdict);
  const wantedFile = headerFileOf(template);
  const filled = fillTemplate(template, values, media);
  const problems = filled.ok ? [] : filled.problems;

  const errorOf = (place: Placeholder): string | undefined => {
    const problem = problems.find(
      (each) => each.component === place.component && 'index' in each && each.index === place.index,
    );
    if (problem === undefined) return undefined;
    // An empty box is no mistake before it was left or sending was tried.
    return tried || touched.has(keyOf(place)) || problem.kind !== 'missing'
      ? problemWords(problem)
      : undefined;
  };
  const send = (): void => {
    setTried(true);
    if (filled.ok && verdict.ok) onSend(filled.content);
  };

  return (
    <form
      className={styles['fill']}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles['head']}>
        <span className={styles['back']}>
          <IconButton label={t('writing.templates.backToList')} onPress={onBack}>
            <ArrowLeft size={16} className={styles['flip']} />
          </IconButton>
        </span>
        <span className={styles['name']} dir="auto">
          {template.name}
        </span>
        <span className={styles['entryFacts']}>
          {languageName(template.language)} · {t(`writing.templates.category.${template.category}`)} ·{' '}
          {t(`writing.templates.quality.${template.quality}`)}
        </span>
      </div>
      {cannot !== null ? (
        <p className={styles['stop']} role="status">
          <Ban size={14} aria-hidden="true" />
          {cannot} {template.reason}
        </p>
      ) : verdict.ok && verdict.note !== null ? (
        <p className={styles['warn']}>
          <ShieldAlert size={14} aria-hidden="true" />
          {t(`writing.templates.note.${verdict.note}`)}
        </p>
      ) : null}
      <div className={styles['columns']}>
        {cannot !== null || (places.length === 0 && wantedFile === null) ? null : (
          <div className={styles['fields']}>
            {wantedFile === null || wantedFile === 'location' ? null : (
              <HeaderFile
                wanted={wantedFile}
                capabilities={capabilities}
                media={media}
                missing={tried && media === null}
                onMedia={setMedia}
              />
            )}
            {places.map((place) => (
              <TextField
                key={keyOf(place)}
                label={placeWords(place, template)}
                value={values[place.component][place.index] ?? ''}
                error={errorOf(place)}
                onChange={(value) => setValues(withValue(values, place, value))}
                onBlur={() => setTouched(new Set([...touched, keyOf(place)]))}
              />
            ))}
          </div>
        )}
        <div className={styles['preview']} role="group" aria-label={t('writing.templates.preview')}>
          <div className={styles['bubble']}>
            {media === null ? null : (
              <span className={styles['headerMedia']}>
                <Paperclip size={12} aria-hidden="true" />
                {media.fileName ?? t('writing.attach.unnamed')}
              </span>
            )}
            <Framed
              header={
                template.header?.type === 'text' ? previewOf(template.header.text ?? '', values.header) : null
              }
              body={previewOf(template.body, values.body)}
              footer={template.footer}
            />
            <Choices buttons={template.buttons} />
          </div>
        </div>
      </div>
      <div className={styles['foot']}>
        <Button
          type="submit"
          variant="primary"
          isDisabled={cannot !== null}
          icon={<Send size={14} className={styles['flip']} />}
        >
          {t('writing.templates.send')}
        </Button>
      </div>
    </form>
  );
}

interface HeaderFileProps {
  readonly wanted: 'image' | 'video' | 'document';
  readonly capabilities: Capabilities;
  readonly media: MediaRef | null;
  readonly missing: boolean;
  readonly onMedia: (media: MediaRef) => void;
}

function HeaderFile({ wanted, capabilities, media, missing, onMedia }: HeaderFileProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const label = t(`writing.templates.headerFile.${wanted}`);
  const words = problem ?? (missing ? t('writing.templates.problem.missing') : null);

  const take = (file: File): void => {
    setProblem(null);
    const verdict = checkUpload(capabilities, {
      kind: wanted,
      mimeType: file.type,
      size: file.size,
      fileName: file.name,
    });
    if (!verdict.ok) {
      setProblem(refusalWords(verdict, file));
      return;
    }
    setShare(0);
    uploadFile(
      file,
      { mimeType: verdict.mimeType, fileName: file.name },
      { onProgress: setShare, signal: new AbortController().signal },
    ).then(
      (done) => {
        setShare(null);
        onMedia(done);
      },
      (error: unknown) => {
        setShare(null);
        setProblem(`${t('writing.attach.failed')} ${callWords(error)}`);
      },
    );
  };

  return (
    <div className={styles['headerFile']} role="group" aria-label={label}>
      <span className={styles['fieldLabel']}>{label}</span>
      <Button icon={<Paperclip size={14} />} onPress={() => input.current?.click()}>
        {media === null ? t('writing.templates.chooseFile') : t('writing.templates.otherFile')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={(capabilities.uploads[wanted]?.mimeTypes ?? []).map((type) => type.split(';')[0]).join(',')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) take(file);
        }}
      />
      {share === null ? null : <Progress label={label} value={share} />}
      {words === null ? null : (
        <span className={styles['problem']} role="alert">
          {words}
        </span>
      )}
    </div>
  );
}

function keyOf(place: Placeholder): string {
  return `${place.component}-${String(place.index)}`;
}

function withValue(values: TemplateVariables, place: Placeholder, value: string): TemplateVariables {
  return {
    ...values,
    [place.component]: values[place.component].map((before, index) =>
      index === place.index ? value : before,
    ),
  };
}

/** Places that name the customer are filled in already. */
function prefilled(template: Template, contact: Contact): TemplateVariables {
  let values = emptyVariables(template);
  const first = contact.name.trim().split(/\s+/u)[0] ?? '';
  for (const place of placeholdersOf(template)) {
    // A number instead of a name is no way to address somebody.
    if (/^(?:first_?name|name|customer_?name)$/iu.test(place.name) && /\p{L}/u.test(first)) {
      values = withValue(values, place, /first/iu.test(place.name) ? first : contact.name);
    }
  }
  return values;
}
