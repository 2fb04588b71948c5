import type { ReactNode, Ref } from 'react';
import { FieldError, Input, Label, Text, TextField as AriaTextField } from 'react-aria-components';
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import styles from './TextField.module.css';

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'className' | 'children' | 'style' | 'autoFocus'
> {
  readonly label: string;
  readonly description?: string | undefined;
  /** Shown under the box and announced; makes the box invalid. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly mono?: boolean;
  /** Has the focus when the screen appears: only for the one box that the screen is about. */
  readonly startFocused?: boolean;
}

/** A labelled single-line text box. */
export function TextField({
  label,
  description,
  error,
  placeholder,
  inputRef,
  mono = false,
  startFocused = false,
  ...rest
}: TextFieldProps): ReactNode {
  return (
    <AriaTextField
      {...rest}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- a form of its own screen, where one would click first anyway
      autoFocus={startFocused}
      isInvalid={error !== undefined}
      className={styles['field'] ?? ''}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <Input
        ref={inputRef ?? null}
        dir={mono ? 'ltr' : undefined}
        className={`${styles['input'] ?? ''} ${mono ? (styles['mono'] ?? '') : ''}`}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      {description === undefined ? null : (
        <Text slot="description" className={styles['description'] ?? ''}>
          {description}
        </Text>
      )}
      <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
