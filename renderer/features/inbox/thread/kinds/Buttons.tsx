import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../../shared/domain/message-content.ts';
import { Choices } from './Choices.tsx';
import { Framed } from './Framed.tsx';
import styles from './kinds.module.css';

type ButtonsContent = Extract<MessageContent, { kind: 'buttons' }>;

export function Buttons({ content }: { readonly content: ButtonsContent }): ReactNode {
  return (
    <div className={styles['stack']}>
      <Framed header={content.header} body={content.body} footer={content.footer} />
      <Choices buttons={content.buttons} />
    </div>
  );
}
