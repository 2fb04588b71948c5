import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';
import { isEmojiOnly } from '../../../../shared/text/format.ts';
import type { Span } from '../../../../shared/text/spans.ts';
import { spansOf } from '../../../../shared/text/spans.ts';
import { useThreadTools } from './context.ts';
import styles from './RichText.module.css';

/** A customer's or agent's text: formatted, links that ask before they open, each in its own writing direction. */
export const RichText = memo(function RichText({ body }: { readonly body: string }): ReactNode {
  const spans = useMemo(() => spansOf(body), [body]);
  return (
    <span
      className={isEmojiOnly(body) ? `${styles['text'] ?? ''} ${styles['emoji'] ?? ''}` : styles['text']}
      dir="auto"
    >
      {spans.map((span, index) => (
        // A text is rendered whole, its spans never move.
        <Piece key={index} span={span} />
      ))}
    </span>
  );
});

function Piece({ span }: { readonly span: Span }): ReactNode {
  let node: ReactNode = span.href === null ? span.text : <Link href={span.href} />;
  for (const mark of span.marks) {
    if (mark === 'bold') node = <strong>{node}</strong>;
    else if (mark === 'italic') node = <em>{node}</em>;
    else if (mark === 'strike') node = <s>{node}</s>;
    else node = <code className={styles['code']}>{node}</code>;
  }
  return node;
}

function Link({ href }: { readonly href: string }): ReactNode {
  const { openLink } = useThreadTools();
  return (
    <a
      href={href}
      rel="noreferrer"
      onClick={(event) => {
        event.preventDefault();
        openLink(href);
      }}
    >
      {href}
    </a>
  );
}
