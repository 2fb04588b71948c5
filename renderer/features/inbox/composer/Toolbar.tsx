import { Eye, LayoutTemplate, Mic, Paperclip } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import type { Capabilities } from '../../../../shared/domain/channel.ts';
import { t } from '../../../i18n/t.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import styles from './Composer.module.css';
import { EmojiPicker } from './EmojiPicker.tsx';
import { MacroMenu } from './MacroMenu.tsx';
import { takesVoice } from './VoiceRecorder.tsx';

export interface ToolbarProps {
  readonly conversationId: string;
  readonly capabilities: Capabilities;
  readonly note: boolean;
  readonly previewing: boolean;
  readonly onFiles: (files: File[]) => void;
  readonly onEmoji: (emoji: string) => void;
  readonly onTemplates: () => void;
  readonly onVoice: () => void;
  readonly onPreview: () => void;
}

/** What can be put into a message besides words; only what the channel takes. */
export function Toolbar(props: ToolbarProps): ReactNode {
  const { conversationId, capabilities, note, previewing, onFiles, onEmoji } = props;
  const input = useRef<HTMLInputElement>(null);
  const files = Object.keys(capabilities.uploads).length > 0;
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
      {!note && takesVoice(capabilities) ? (
        <IconButton label={t('writing.voice.record')} onPress={props.onVoice}>
          <Mic size={16} />
        </IconButton>
      ) : null}
      {!note && capabilities.templates ? (
        <IconButton label={t('writing.templates.open')} onPress={props.onTemplates}>
          <LayoutTemplate size={16} />
        </IconButton>
      ) : null}
      {note ? null : <MacroMenu conversationId={conversationId} />}
      {note ? null : (
        <IconButton label={t('writing.format.preview')} aria-pressed={previewing} onPress={props.onPreview}>
          <Eye size={16} />
        </IconButton>
      )}
    </span>
  );
}
