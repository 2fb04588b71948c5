import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';
import type { Block, Inline, Line } from '../../../../shared/text/format.ts';
import { isEmojiOnly, parseFormat } from '../../../../shared/text/format.ts';
import { useTerms, useThreadTools } from './context.ts';
import { runsOf } from './marks.ts';
import styles from './RichText.module.css';

interface Extras {
  /** Folded words to mark. */
  readonly terms: ReadonlyArray<string>;
  readonly mentions: ReadonlyArray<Mention>;
}

/** A name that is written with an @ in a note. */
export interface Mention {
  readonly name: string;
  readonly me: boolean;
}

export interface RichTextProps {
  readonly body: string;
  readonly mentions?: ReadonlyArray<Mention>;
}

const NO_MENTIONS: ReadonlyArray<Mention> = [];

/** A customer's or agent's text: formatted, links that ask before they open, each line in its own writing direction. */
export const RichText = memo(function RichText({ body, mentions = NO_MENTIONS }: RichTextProps): ReactNode {
  const blocks = useMemo(() => parseFormat(body), [body]);
  const terms = useTerms();
  const extras = useMemo(() => ({ terms, mentions }), [terms, mentions]);
  if (isEmojiOnly(body)) {
    return (
      <span className={`${styles['text'] ?? ''} ${styles['emoji'] ?? ''}`} dir="auto">
        {body}
      </span>
    );
  }
  const [only] = blocks;
  // Most messages are one paragraph: one element.
  if (blocks.length === 1 && only?.type === 'paragraph') {
    return (
      <span className={styles['text']} dir="auto">
        {inlines(only.children, extras)}
      </span>
    );
  }
  return (
    <div className={styles['text']}>
      {blocks.map((block, index) => (
        // A text is rendered whole, its blocks never move.
        <BlockOf key={index} block={block} extras={extras} />
      ))}
    </div>
  );
});

function BlockOf({ block, extras }: { readonly block: Block; readonly extras: Extras }): ReactNode {
  if (block.type === 'paragraph') {
    // An empty line between two blocks is a paragraph of nothing: it keeps its height.
    const empty = block.children.length === 0;
    return <p dir="auto">{empty ? <br /> : inlines(block.children, extras)}</p>;
  }
  if (block.type === 'quote') {
    return (
      <blockquote className={styles['quote']}>
        {block.lines.map((line, index) => (
          <p key={index} dir="auto">
            {inlines(line.children, extras)}
          </p>
        ))}
      </blockquote>
    );
  }
  return block.ordered ? (
    <ol className={styles['list']} start={block.start}>
      {items(block.lines, extras)}
    </ol>
  ) : (
    <ul className={styles['list']}>{items(block.lines, extras)}</ul>
  );
}

function items(lines: ReadonlyArray<Line>, extras: Extras): ReactNode {
  return lines.map((line, index) => (
    <li key={index} dir="auto">
      {inlines(line.children, extras)}
    </li>
  ));
}

function inlines(nodes: ReadonlyArray<Inline>, extras: Extras): ReactNode {
  return nodes.map((node, index) => <InlineOf key={index} node={node} extras={extras} />);
}

function InlineOf({ node, extras }: { readonly node: Inline; readonly extras: Extras }): ReactNode {
  switch (node.type) {
    case 'text':
      return words(node.text, extras);
    case 'code':
      return node.marker === '```' && node.text.includes('\n') ? (
        <code className={`${styles['code'] ?? ''} ${styles['block'] ?? ''}`} dir="ltr">
          {node.text.replace(/^\n|\n$/gu, '')}
        </code>
      ) : (
        <code className={styles['code']}>{words(node.text, { ...extras, mentions: NO_MENTIONS })}</code>
      );
    case 'link':
      return <Link href={node.link.href}>{words(node.link.text, extras)}</Link>;
    case 'bold':
      return <strong>{inlines(node.children, extras)}</strong>;
    case 'italic':
      return <em>{inlines(node.children, extras)}</em>;
    case 'strike':
      return <s>{inlines(node.children, extras)}</s>;
  }
}

function words(text: string, { terms, mentions }: Extras): ReactNode {
  if (mentions.length > 0) {
    const found = firstMention(text, mentions);
    if (found !== null) {
      const end = found.start + found.mention.name.length + 1;
      return (
        <>
          {words(text.slice(0, found.start), { terms, mentions: NO_MENTIONS })}
          <span className={`${styles['mention'] ?? ''} ${found.mention.me ? (styles['me'] ?? '') : ''}`}>
            {text.slice(found.start, end)}
          </span>
          {words(text.slice(end), { terms, mentions })}
        </>
      );
    }
  }
  if (terms.length === 0) return text;
  return runsOf(text, terms).map((run, index) =>
    run.hit ? (
      <mark key={index} className={styles['hit']}>
        {run.text}
      </mark>
    ) : (
      run.text
    ),
  );
}

/** The first @name of the text; of two names at one place the longer one. */
function firstMention(
  text: string,
  mentions: ReadonlyArray<Mention>,
): { start: number; mention: Mention } | null {
  let best: { start: number; mention: Mention } | null = null;
  for (const mention of mentions) {
    const start = text.indexOf(`@${mention.name}`);
    if (start === -1) continue;
    const earlier = best === null || start < best.start;
    const longer = best !== null && start === best.start && mention.name.length > best.mention.name.length;
    if (earlier || longer) best = { start, mention };
  }
  return best;
}

function Link({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
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
      {children}
    </a>
  );
}
