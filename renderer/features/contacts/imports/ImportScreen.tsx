import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useImport } from '../../../lib/queries/imports.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Place } from '../place/Place.tsx';
import { EarlierImports } from './EarlierImports.tsx';
import { FileDrop } from './FileDrop.tsx';
import styles from './Imports.module.css';
import { JobView } from './JobView.tsx';

export interface ImportScreenProps {
  /** Null: nothing is chosen yet. */
  readonly importId: string | null;
  readonly onShow: (importId: string | null) => void;
}

/** Importing contacts: a file is chosen, or one that was chosen before goes on. */
export function ImportScreen({ importId, onShow }: ImportScreenProps): ReactNode {
  if (importId !== null) return <OneImport key={importId} importId={importId} onShow={onShow} />;
  return (
    <Place title={t('imports.title')}>
      <div className={styles['scroll']}>
        <div className={styles['page']}>
          <FileDrop onPosted={onShow} />
          <EarlierImports />
        </div>
      </div>
    </Place>
  );
}

function OneImport({ importId, onShow }: ImportScreenProps & { readonly importId: string }): ReactNode {
  const { data: job, error } = useImport(importId);
  return (
    <Place
      title={job?.fileName ?? t('imports.title')}
      about={job === undefined ? undefined : t(`imports.state.${job.state}`)}
      backHref="#/contacts/import"
      backLabel={t('imports.back')}
    >
      <div className={styles['scroll']}>
        <div className={styles['page']}>
          {job === undefined ? (
            error === null ? (
              <Skeleton width="60%" height={20} />
            ) : (
              <EmptyState icon={<CircleAlert size={24} />} text={callWords(error)} />
            )
          ) : (
            <JobView job={job} onShow={onShow} />
          )}
        </div>
      </div>
    </Place>
  );
}
