import type { ReactNode } from 'react';
import { RichText } from '../RichText.tsx';
import styles from './kinds.module.css';

export interface FramedProps {
  readonly header: string | null;
  readonly body: string;
  readonly footer: string | null;
}

/** Header, body and footer of an interactive message or a template. */
export function Framed({ header, body, footer }: FramedProps): ReactNode {
  return (
    <>
      {header === null ? null : (
        <span className={styles['title']} dir="auto">
          {header}
        </span>
      )}
      <RichText body={body} />
      {footer === null ? null : (
        <span className={styles['small']} dir="auto">
          {footer}
        </span>
      )}
    </>
  );
}
