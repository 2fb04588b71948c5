import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ImportJob, ImportState } from '../../../../shared/contract/imports.ts';
import { t } from '../../../i18n/t.ts';
import { Checked, Done, Failed, Stopped } from './Ends.tsx';
import { Going } from './Going.tsx';
import styles from './Imports.module.css';
import { MappingForm } from './MappingForm.tsx';
import { OnItsWay } from './FileDrop.tsx';
import { usePosting } from './posting.ts';

const STEPS = ['file', 'columns', 'check', 'run'] as const;

const AT: Record<ImportState, number> = {
  reading: 0,
  failed: 0,
  mapping: 1,
  checking: 2,
  checked: 2,
  running: 3,
  cancelled: 3,
  done: 4,
  undoing: 3,
  undone: 4,
};

export interface JobViewProps {
  readonly job: ImportJob;
  readonly onShow: (importId: string | null) => void;
}

/** One import, by how far it is. */
export function JobView({ job, onShow }: JobViewProps): ReactNode {
  const posting = usePosting((state) => state.now !== null);
  const [changing, setChanging] = useState(false);
  const mapping = job.state === 'mapping' || (job.state === 'checked' && changing);
  return (
    <>
      <Steps at={mapping ? 1 : AT[job.state]} />
      {posting ? (
        <OnItsWay />
      ) : mapping ? (
        <MappingForm key={job.id} job={job} onShow={onShow} onChecking={() => setChanging(false)} />
      ) : (
        <Now job={job} onShow={onShow} onChange={() => setChanging(true)} />
      )}
    </>
  );
}

function Now({ job, onShow, onChange }: JobViewProps & { readonly onChange: () => void }): ReactNode {
  switch (job.state) {
    case 'reading':
    case 'checking':
    case 'running':
    case 'undoing':
      return <Going job={job} />;
    case 'failed':
      return <Failed job={job} onShow={onShow} />;
    case 'checked':
      return <Checked job={job} onShow={onShow} onChange={onChange} />;
    case 'cancelled':
      return <Stopped job={job} onShow={onShow} />;
    case 'done':
    case 'undone':
      return <Done job={job} onShow={onShow} />;
    case 'mapping':
      return null;
  }
}

function Steps({ at }: { readonly at: number }): ReactNode {
  return (
    <ol className={styles['steps']} aria-label={t('imports.steps')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={styles['step']}
          data-state={index < at ? 'past' : index === at ? 'now' : 'later'}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className={styles['stepMark']} aria-hidden="true">
            {index < at ? <Check size={12} strokeWidth={3} /> : index + 1}
          </span>
          {t(`imports.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
