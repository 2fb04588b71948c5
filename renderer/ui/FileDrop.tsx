import type { ReactNode } from 'react';
import { useState } from 'react';
import { DropZone, FileTrigger } from 'react-aria-components';

export interface FileDropProps {
  readonly label: string;
  readonly className: string | undefined;
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}

/** A place where a file is dropped or pasted; of several, the first is taken. `data-over` while one is held over it. */
export function FileDrop({ label, className, onFile, children }: FileDropProps): ReactNode {
  const [over, setOver] = useState(false);
  return (
    <DropZone
      className={className ?? ''}
      data-over={over || undefined}
      aria-label={label}
      onDropEnter={() => setOver(true)}
      onDropExit={() => setOver(false)}
      onDrop={({ items }) => {
        setOver(false);
        const file = items.find((item) => item.kind === 'file');
        if (file !== undefined) void file.getFile().then(onFile);
      }}
    >
      {children}
    </DropZone>
  );
}

export interface FileButtonProps {
  /** Endings and media types that the system's list shows. */
  readonly accept: readonly string[];
  readonly onFile: (file: File) => void;
  /** The button. */
  readonly children: ReactNode;
}

/** A button that opens the system's own list of files. */
export function FileButton({ accept, onFile, children }: FileButtonProps): ReactNode {
  return (
    <FileTrigger
      acceptedFileTypes={[...accept]}
      onSelect={(files) => {
        const file = files?.[0];
        if (file !== undefined) onFile(file);
      }}
    >
      {children}
    </FileTrigger>
  );
}
