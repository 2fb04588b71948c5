import type { ReactNode } from 'react';
import { useState } from 'react';
import type { MediaRef } from '../../../../shared/domain/message-content.ts';
import { openedName, openingOf } from '../../../../shared/domain/opening.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import styles from './FileQuestion.module.css';
import { useSave } from './kinds/useSave.ts';

export interface FileQuestionProps {
  readonly media: MediaRef;
  readonly onClose: () => void;
}

/** Names a file before it is given to another program, and says what can be in it. What may be a program is only saved. */
export function FileQuestion({ media, onClose }: FileQuestionProps): ReactNode {
  const bridge = useBridge();
  const { save } = useSave(media);
  const [opening, setOpening] = useState(false);
  // Isolated, so that its direction does not turn the sentence around.
  const name = `\u2068${openedName(media)}\u2069`;
  const how = openingOf(media);
  const open = (): void => {
    if (opening) return;
    setOpening(true);
    bridge.call('media.open', { mediaId: media.id }).then(onClose, (error: unknown) => {
      onClose();
      useNotices.getState().show(`${t('thread.file.failed')} ${callWords(error)}`);
    });
  };
  return (
    <Dialog
      title={how === 'never' ? t('thread.file.neverTitle') : t('thread.file.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          {how === 'never' ? (
            <Button
              onPress={() => {
                save();
                onClose();
              }}
            >
              {t('thread.file.save')}
            </Button>
          ) : (
            <Button variant="primary" isPending={opening} onPress={open}>
              {t('thread.file.open')}
            </Button>
          )}
        </>
      }
    >
      {how === 'careful' ? (
        <p className={styles['warning']} role="alert">
          {t('thread.file.careful')}
        </p>
      ) : null}
      <p className={styles['text']}>
        {how === 'never' ? t('thread.file.never', { name }) : t('thread.file.text', { name })}
      </p>
    </Dialog>
  );
}
