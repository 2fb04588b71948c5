import type { ReactNode } from 'react';
import { RichText } from '../RichText.tsx';

export function Text({ body }: { readonly body: string }): ReactNode {
  return <RichText body={body} />;
}
