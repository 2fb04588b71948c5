import type { ReactNode } from 'react';
import { Component } from 'react';
import styles from './ErrorBoundary.module.css';
import { PaneError } from './PaneError.tsx';

interface Props {
  readonly children: ReactNode;
}

/** The last net: whatever throws while rendering shows a way on instead of an empty window. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className={styles['whole']}>
        <PaneError />
      </main>
    );
  }
}
