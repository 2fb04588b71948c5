import { Eye, LayoutTemplate, Mic, Paperclip } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo, useRef } from 'react';
import { t } from '../../../i18n/t.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import styles from './Composer.module.css';
import { EmojiPicker } from './EmojiPicker.tsx';
import { MacroMenu } from './MacroMenu.tsx';

export interface ToolbarProps {
  /** What the channel takes besides words. */
  readonly files: boolean;
  readonly voice: boolean;
  readonly templates: boolean;
  readonly note: boolean;
  readonly previewing: boolean;
  readonly onFiles: (files: File[]) => void;
  readonly onEmoji: (emoji: string) => void;
  /** Opens and closes what stands in the place of the text. */
  readonly onInstead: (what: 'templates' | 'voice' | 'preview') => void;
  readonly onMacro: (macroId: string, title: string) => void;
}

/** What can be put into a message besides words; only what the channel takes. Memoised: a letter and another conversation change nothing here. */
export const Toolbar = memo(function Toolbar(props: ToolbarProps): ReactNode {
  const { files, voice, templates, note, previewing, onFiles, onEmoji, onInstead, onMacro } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className={styles['tools']}>
      {!note && files ? (
        <>
          <IconButton label={t('writing.attach.add')} onPress={() => input.current?.click()}>
            <Paperclip size={16} />
          </IconButton>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              const chosen = [...(event.currentTarget.files ?? [])];
              event.currentTarget.value = '';
              if (chosen.length > 0) onFiles(chosen);
            }}
          />
        </>
      ) : null}
      <EmojiPicker onChoose={onEmoji} />
      {!note && voice ? (
        <IconButton label={t('writing.voice.record')} onPress={() => onInstead('voice')}>
          <Mic size={16} />
        </IconButton>
      ) : null}
      {!note && templates ? (
        <IconButton label={t('writing.templates.open')} onPress={() => onInstead('templates')}>
          <LayoutTemplate size={16} />
        </IconButton>
      ) : null}
      {note ? null : <MacroMenu onRun={onMacro} />}
      {note ? null : (
        <IconButton
          label={t('writing.format.preview')}
          aria-pressed={previewing}
          onPress={() => onInstead('preview')}
        >
          <Eye size={16} />
        </IconButton>
      )}
    </span>
  );
});
