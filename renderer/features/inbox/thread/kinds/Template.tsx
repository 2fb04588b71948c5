import { LayoutTemplate } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MediaRef, MessageContent } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { Choices } from './Choices.tsx';
import { Document } from './Document.tsx';
import { Framed } from './Framed.tsx';
import { Picture } from './Image.tsx';
import styles from './kinds.module.css';
import { Video } from './Video.tsx';

type TemplateContent = Extract<MessageContent, { kind: 'template' }>;

export function Template({ content }: { readonly content: TemplateContent }): ReactNode {
  return (
    <div className={styles['stack']}>
      <span
        className={styles['label']}
        title={t('message.template.name', { name: content.name, language: content.language })}
      >
        <LayoutTemplate size={14} aria-hidden="true" />
        {t('message.template.label')}
        <span className={styles['oneLine']}>· {content.name}</span>
      </span>
      {content.headerMedia == null ? null : <HeaderMedia media={content.headerMedia} />}
      <Framed header={content.header} body={content.body} footer={content.footer} />
      <Choices buttons={content.buttons} />
    </div>
  );
}

function HeaderMedia({ media }: { readonly media: MediaRef }): ReactNode {
  if (media.mimeType.startsWith('image/')) return <Picture media={media} alt={t('message.media.photo')} />;
  if (media.mimeType.startsWith('video/')) return <Video media={media} caption={null} />;
  return <Document media={media} caption={null} />;
}
