import { CircleAlert, CircleCheck, CirclePause, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ImportJob } from '../../../../shared/contract/imports.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { Button } from '../../../ui/Button.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { ChooseFile } from './FileDrop.tsx';
import { FileFacts } from './FileFacts.tsx';
import styles from './Imports.module.css';
import { Report } from './Report.tsx';
import { useImportActions } from './actions.ts';
import { usePosting } from './posting.ts';
import { problemWords } from './words.ts';
import { useBridge } from '../../../lib/bridge/context.ts';

export interface EndProps {
  readonly job: ImportJob;
  readonly onShow: (importId: string | null) => void;
}

/** The dry run is over: what would happen, and the start. */
export function Checked({ job, onShow, onChange }: EndProps & { readonly onChange: () => void }): ReactNode {
  const { start } = useImportActions(job.id);
  const work = job.counts.create + job.counts.update;
  return (
    <>
      <Report job={job} title={t('imports.report.title')} />
      <Source job={job} />
      <div className={styles['foot']}>
        <Discard job={job} onGone={() => onShow(null)} />
        <Button onPress={onChange}>{t('imports.change')}</Button>
        {work === 0 ? (
          <span className={styles['quiet']}>{t('imports.nothing')}</span>
        ) : (
          <Button variant="primary" onPress={start}>
            {t('imports.start', { count: work })}
          </Button>
        )}
      </div>
    </>
  );
}

/** Stopped by somebody: on, or back. */
export function Stopped({ job, onShow }: EndProps): ReactNode {
  const { start } = useImportActions(job.id);
  const { counts } = job;
  const work = counts.create + counts.update;
  const wasRunning = job.options !== null && counts.checked >= counts.rows && counts.rows > 0;
  return (
    <>
      <Words icon={<CirclePause size={20} aria-hidden="true" />}>
        {wasRunning
          ? t('imports.stopped', { done: count(counts.done), total: count(work) })
          : t('imports.stoppedReading')}
      </Words>
      {wasRunning ? <Report job={job} title={t('imports.report.titleDone')} /> : null}
      <Source job={job} />
      <div className={styles['foot']}>
        <Discard job={job} onGone={() => onShow(null)} />
        {wasRunning ? (
          <>
            {counts.done > 0 ? <Undo job={job} /> : null}
            <Button variant="primary" onPress={start}>
              {t('imports.goOn')}
            </Button>
          </>
        ) : (
          <Button variant="primary" onPress={() => onShow(null)}>
            {t('imports.another')}
          </Button>
        )}
      </div>
    </>
  );
}

/** Over: what happened, and the way back of all of it. */
export function Done({ job, onShow }: EndProps): ReactNode {
  const undone = job.state === 'undone';
  return (
    <>
      <Words
        icon={
          undone ? (
            <Undo2 size={20} aria-hidden="true" />
          ) : (
            <CircleCheck size={20} aria-hidden="true" className={styles['good']} />
          )
        }
      >
        {undone ? t('imports.undone') : t('imports.finished', { count: job.counts.done })}
      </Words>
      <Report job={job} title={t('imports.report.titleDone')} />
      <Source job={job} />
      <div className={styles['foot']}>
        <Discard job={job} onGone={() => onShow(null)} />
        {undone ? null : <Undo job={job} />}
        <Button onPress={() => onShow(null)}>{t('imports.another')}</Button>
        <Button
          variant="primary"
          onPress={() => {
            window.location.hash = '#/contacts';
          }}
        >
          {t('imports.contacts')}
        </Button>
      </div>
    </>
  );
}

/** The file cannot be read: why, and what would help. */
export function Failed({ job, onShow }: EndProps): ReactNode {
  const bridge = useBridge();
  const post = usePosting((state) => state.post);
  const { problem } = job;
  const readable = problem !== null && ANOTHER_WAY.has(problem.kind);
  return (
    <>
      <Words icon={<CircleAlert size={20} aria-hidden="true" className={styles['badMark']} />}>
        {problemWords(problem ?? { kind: 'unreadable', line: null })}
      </Words>
      {readable ? <FileFacts job={job} onShow={onShow} /> : null}
      <div className={styles['foot']}>
        <Discard job={job} onGone={() => onShow(null)} />
        <ChooseFile
          onFile={(file) => {
            void post(bridge, file, { encoding: null, delimiter: null }, job.id).then((id) => {
              if (id !== null) onShow(id);
            });
          }}
        />
      </div>
    </>
  );
}

/** What reading with another encoding or delimiter may help with. */
const ANOTHER_WAY: ReadonlySet<string> = new Set([
  'nul_bytes',
  'wrong_encoding',
  'bad_delimiter',
  'too_many_columns',
]);

function Words({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles['outcome']} role="status">
      {icon}
      <p>{children}</p>
    </div>
  );
}

function Source({ job }: { readonly job: ImportJob }): ReactNode {
  if (job.options === null) return null;
  return (
    <p className={styles['quiet']} dir="auto">
      {t('imports.source', { text: job.options.lawfulSource })}
    </p>
  );
}

function Undo({ job }: { readonly job: ImportJob }): ReactNode {
  const { undo } = useImportActions(job.id);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button icon={<Undo2 size={14} />} onPress={() => setAsked(true)}>
        {t('imports.undo')}
      </Button>
      <DangerDialog
        title={t('imports.undoTitle')}
        isOpen={asked}
        onClose={() => setAsked(false)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('imports.undoYes')}
        onAction={() => {
          setAsked(false);
          undo();
        }}
      >
        {t('imports.undoText', { created: count(job.counts.create), updated: count(job.counts.update) })}
      </DangerDialog>
    </>
  );
}

function Discard({ job, onGone }: { readonly job: ImportJob; readonly onGone: () => void }): ReactNode {
  const { discard } = useImportActions(job.id);
  const [asked, setAsked] = useState(false);
  return (
    <span className={styles['footStart']}>
      <Button variant="ghost" onPress={() => setAsked(true)}>
        {t('imports.discard')}
      </Button>
      <DangerDialog
        title={t('imports.discardTitle')}
        isOpen={asked}
        onClose={() => setAsked(false)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('imports.discard')}
        onAction={() => {
          setAsked(false);
          discard(onGone);
        }}
      >
        {t('imports.discardText')}
      </DangerDialog>
    </span>
  );
}
