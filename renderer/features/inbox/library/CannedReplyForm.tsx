import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import type { CannedReply } from '../../../../shared/domain/library.ts';
import { fillReply, REPLY_VARIABLES } from '../../../../shared/domain/reply-variables.ts';
import { t } from '../../../i18n/t.ts';
import { useDirectory, useReady } from '../../../lib/queries/hooks.ts';
import type { CannedReplyItem } from '../../../lib/queries/writing.ts';
import { Button } from '../../../ui/Button.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { applyEdit, inserted } from '../composer/textEdit.ts';
import { FormFrame } from './FormFrame.tsx';
import styles from './Library.module.css';
import type { ReplyProblems, Scope } from './libraryForm.ts';
import { NEW_REPLY, replyProblems, tidyReply } from './libraryForm.ts';

export interface CannedReplyFormProps {
  /** Null: a new one. */
  readonly item: CannedReplyItem | null;
  readonly others: ReadonlyArray<CannedReplyItem>;
  readonly mayTeam: boolean;
  readonly onSave: (scope: Scope, content: CannedReply) => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** One canned reply: shortcut, title, folder, text with variables, and how it comes out. */
export function CannedReplyForm(props: CannedReplyFormProps): ReactNode {
  const { item, others, mayTeam, onSave, onDelete, onClose } = props;
  const { me } = useReady();
  const channel = useDirectory()?.channels[0]?.name ?? '';
  const box = useRef<HTMLTextAreaElement>(null);
  const [reply, setReply] = useState<CannedReply>(item?.content ?? NEW_REPLY);
  const [scope, setScope] = useState<Scope>(item?.scope ?? 'personal');
  const [tried, setTried] = useState(false);
  const taken = new Set(
    others.filter(({ id }) => id !== item?.id).map(({ content }) => content.shortcut.toLocaleLowerCase()),
  );
  const problems = replyProblems(reply, taken);
  const change = (patch: Partial<CannedReply>): void => setReply({ ...reply, ...patch });
  const error = (field: keyof ReplyProblems): string | undefined => {
    const problem = problems[field];
    if (problem === undefined || (!tried && problem === 'missing')) return undefined;
    if (problem === 'missing') return t('writing.library.missing');
    return problem === 'bad' ? t('writing.library.shortcutBad') : t('writing.library.shortcutTaken');
  };
  const subject = { contactName: 'Beatriz Carvalho', agentName: me.name, channelName: channel };

  return (
    <FormFrame
      title={item === null ? t('writing.library.addReply') : item.content.title}
      scope={scope}
      onScope={setScope}
      mayTeam={mayTeam}
      locked={item?.scope === 'team' && !mayTeam}
      isNew={item === null}
      onSubmit={() => {
        setTried(true);
        if (Object.keys(problems).length === 0) onSave(scope, tidyReply(reply));
      }}
      onDelete={onDelete}
      onClose={onClose}
    >
      <TextField
        label={t('writing.library.name')}
        value={reply.title}
        maxLength={120}
        error={error('title')}
        onChange={(title) => change({ title })}
      />
      <div className={styles['two']}>
        <TextField
          label={t('writing.library.shortcut')}
          description={t('writing.library.shortcutHint')}
          value={reply.shortcut}
          maxLength={40}
          error={error('shortcut')}
          onChange={(shortcut) => change({ shortcut })}
        />
        <TextField
          label={t('writing.library.folder')}
          description={t('writing.library.folderHint')}
          value={reply.folder}
          maxLength={120}
          onChange={(folder) => change({ folder })}
        />
      </div>
      <TextArea
        label={t('writing.library.body')}
        value={reply.body}
        maxLength={4096}
        error={error('body')}
        inputRef={box}
        onChange={(body) => change({ body })}
      />
      <div className={styles['variables']} role="group" aria-label={t('writing.library.variables')}>
        {REPLY_VARIABLES.map((name) => (
          <Button
            key={name}
            size="small"
            onPress={() => {
              if (box.current === null) return;
              const { value, selectionStart, selectionEnd } = box.current;
              applyEdit(box.current, inserted(value, selectionStart, selectionEnd, `{{${name}}}`));
            }}
          >
            {`{{${name}}}`}
          </Button>
        ))}
      </div>
      {reply.body.trim() === '' ? null : (
        <div role="group" aria-label={t('writing.library.preview')} className={styles['preview']} dir="auto">
          {fillReply(reply.body, subject)}
        </div>
      )}
    </FormFrame>
  );
}
