import { FileUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { percent } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileDrop as DropArea, FileButton } from '../../../ui/FileDrop.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import styles from './Imports.module.css';
import { usePosting } from './posting.ts';

/** Where a file is dropped or chosen, and how much of it has gone over. */
export function FileDrop({ onPosted }: { readonly onPosted: (importId: string) => void }): ReactNode {
  const bridge = useBridge();
  const { now, post } = usePosting();
  const take = (file: File): void => {
    void post(bridge, file, { encoding: null, delimiter: null }, null).then((id) => {
      if (id !== null) onPosted(id);
    });
  };
  if (now !== null) return <OnItsWay />;
  return (
    <DropArea label={t('imports.drop.title')} className={styles['drop']} onFile={take}>
      <FileUp size={24} aria-hidden="true" className={styles['dropIcon']} />
      <p className={styles['dropTitle']}>{t('imports.drop.title')}</p>
      <p className={styles['quiet']}>{t('imports.drop.text')}</p>
      <ChooseFile onFile={take} />
    </DropArea>
  );
}

/** The button that opens the system's own list of files. */
export function ChooseFile({
  onFile,
  words,
}: {
  readonly onFile: (file: File) => void;
  readonly words?: string;
}): ReactNode {
  return (
    <FileButton
      accept={['.csv', '.tsv', '.txt', '.vcf', '.vcard', '.json', 'text/csv', 'text/vcard']}
      onFile={onFile}
    >
      <Button variant={words === undefined ? 'primary' : 'secondary'}>
        {words ?? t('imports.drop.choose')}
      </Button>
    </FileButton>
  );
}

/** The file that is handed over now. */
export function OnItsWay(): ReactNode {
  const now = usePosting((state) => state.now);
  if (now === null) return null;
  const words = t('imports.drop.uploading', { name: now.name });
  return (
    <div className={styles['going']}>
      <div className={styles['goingWords']}>
        <span>{words}</span>
        <span className={styles['number']}>{percent(now.share)}</span>
      </div>
      <Progress label={words} value={now.share} />
      <div className={styles['row']}>
        <Button onPress={now.stop}>{t('imports.drop.stop')}</Button>
      </div>
    </div>
  );
}
