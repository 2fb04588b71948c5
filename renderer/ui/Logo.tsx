import type { ReactNode } from 'react';

/** The mark: two speech bubbles that share an edge. Decorative. */
export function Logo({ size = 20 }: { readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path
        d="M3 6.5A3.5 3.5 0 0 1 6.5 3h7A3.5 3.5 0 0 1 17 6.5v4a3.5 3.5 0 0 1-3.5 3.5H8.2l-3.6 2.9c-.65.52-1.6.06-1.6-.78V6.5Z"
        fill="var(--accent)"
      />
      <path
        d="M19 9.2a3.5 3.5 0 0 1 2 3.16v7.27c0 .84-.97 1.3-1.62.77L16 17.6h-5.3A3.5 3.5 0 0 1 8 16.33h5.5A5.83 5.83 0 0 0 19 10.5V9.2Z"
        fill="currentColor"
        fillOpacity="0.55"
      />
    </svg>
  );
}
