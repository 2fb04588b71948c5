import type { ReactNode, Ref } from 'react';
import {
  FieldError,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import fieldStyles from './TextField.module.css';
import styles from './TextArea.module.css';

export interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: string | undefined;
  readonly error?: string | undefined;
  readonly maxLength?: number;
  readonly isDisabled?: boolean;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
}

/** A labelled text box of several lines that grows with its text. */
export function TextArea({
  label,
  value,
  onChange,
  description,
  error,
  maxLength,
  isDisabled = false,
  inputRef,
}: TextAreaProps): ReactNode {
  return (
    <AriaTextField
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isDisabled={isDisabled}
      {...(maxLength === undefined ? {} : { maxLength })}
      className={fieldStyles['field'] ?? ''}
    >
      <Label className={fieldStyles['label'] ?? ''}>{label}</Label>
      <AriaTextArea
        ref={inputRef ?? null}
        dir="auto"
        rows={3}
        className={`${fieldStyles['input'] ?? ''} ${styles['area'] ?? ''}`}
      />
      {description === undefined ? null : (
        <Text slot="description" className={fieldStyles['description'] ?? ''}>
          {description}
        </Text>
      )}
      <FieldError className={fieldStyles['error'] ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
