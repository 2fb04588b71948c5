import type { ReactNode } from 'react';
import { TextField } from './TextField.tsx';

export interface TypedNameFieldProps {
  /** Asks for the name, and says it. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  /** Left out: it is the one box of its dialog. */
  readonly startFocused?: boolean;
}

/** The name that is typed before something is lost for good. Nothing fills it in. */
export function TypedNameField({
  label,
  value,
  onChange,
  error,
  startFocused = true,
}: TypedNameFieldProps): ReactNode {
  return (
    <TextField
      label={label}
      autoComplete="off"
      spellCheck="false"
      value={value}
      onChange={onChange}
      error={error}
      startFocused={startFocused}
    />
  );
}
