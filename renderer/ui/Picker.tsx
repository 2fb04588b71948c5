import { Check } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { memo, useEffect, useId, useRef, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './cx.ts';
import { Kbd } from './Kbd.tsx';
import styles from './Picker.module.css';
import { useStable } from './useStable.ts';

export interface PickerOption {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon?: ReactNode;
  /** Keys shown at the end, one by one. */
  readonly keys?: ReadonlyArray<string> | undefined;
  /** A short word at the end. */
  readonly hint?: string | undefined;
  readonly checked?: boolean | undefined;
}

export interface PickerGroup {
  readonly id: string;
  /** Null: no heading. */
  readonly title: string | null;
  readonly options: ReadonlyArray<PickerOption>;
}

export interface PickerProps {
  readonly title: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** What fits the query, in the order of the groups. */
  readonly groups: ReadonlyArray<PickerGroup>;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
  /** Shown when no option fits. */
  readonly empty: string;
  /** More that fits is on its way. */
  readonly busy?: boolean;
  /** Below the options; reached with Tab. */
  readonly footer?: ReactNode;
  readonly showTitle?: boolean;
}

/** A box to type in and the things that fit, in the middle of the window: everything by keyboard. It exists only while it is open. */
export function Picker(props: PickerProps): ReactNode {
  const { title, placeholder, query, onQuery, groups, onChoose, onClose, empty, footer } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const options = groups.flatMap((group) => group.options);
  const at = Math.max(
    0,
    options.findIndex((option) => option.id === active),
  );
  const current = options[at];
  const domId = (option: PickerOption): string => `${id}-${option.id}`;

  useEffect(() => {
    // Only where the keys have gone to: it makes the browser lay out at once.
    if (active === null) return;
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const choose = useStable(onChoose);

  const move = (to: number): void => {
    const next = options[(to + options.length) % Math.max(1, options.length)];
    if (next !== undefined) setActive(next.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const down = event.key === 'ArrowDown' || (event.ctrlKey && event.key === 'n');
    const up = event.key === 'ArrowUp' || (event.ctrlKey && event.key === 'p');
    if (down) move(at + 1);
    else if (up) move(at - 1);
    else if (event.key === 'PageDown') move(Math.min(options.length - 1, at + 8));
    else if (event.key === 'PageUp') move(Math.max(0, at - 8));
    else if (event.key === 'Enter' && current !== undefined) onChoose(current.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={styles['overlay'] ?? ''}
    >
      <Modal className={styles['modal'] ?? ''}>
        <AriaDialog aria-label={title} className={styles['dialog'] ?? ''}>
          <div className={styles['head']}>
            {props.showTitle === false ? null : <span className={styles['title']}>{title}</span>}
            <input
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was just opened to be typed in
              autoFocus
              role="combobox"
              aria-label={placeholder}
              aria-expanded
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={current === undefined ? undefined : domId(current)}
              className={styles['input']}
              placeholder={placeholder}
              value={query}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setActive(null);
                if (active !== null) list.current?.scrollTo(0, 0);
                onQuery(event.target.value);
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-label={title}
            aria-busy={props.busy === true}
            className={styles['list']}
          >
            {groups.map((group) =>
              group.options.length === 0 ? null : (
                <div key={group.id} role="group" aria-label={group.title ?? title}>
                  {group.title === null ? null : (
                    <div className={styles['group']} aria-hidden="true">
                      {group.title}
                    </div>
                  )}
                  {group.options.map((option) => (
                    <Option
                      key={option.id}
                      option={option}
                      domId={domId(option)}
                      isActive={option === current}
                      onPoint={setActive}
                      onChoose={choose}
                    />
                  ))}
                </div>
              ),
            )}
          </div>
          {options.length === 0 ? (
            <p className={styles['empty']} role="status">
              {empty}
            </p>
          ) : null}
          {footer === undefined ? null : <div className={styles['footer']}>{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface OptionProps {
  readonly option: PickerOption;
  readonly domId: string;
  readonly isActive: boolean;
  readonly onPoint: (id: string) => void;
  readonly onChoose: (id: string) => void;
}

const Option = memo(function Option({ option, domId, isActive, onPoint, onChoose }: OptionProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the box has the keys
    <div
      id={domId}
      role="option"
      aria-selected={isActive}
      aria-checked={option.checked}
      className={cx(styles['option'], isActive && styles['active'])}
      onPointerMove={isActive ? undefined : () => onPoint(option.id)}
      onClick={() => onChoose(option.id)}
    >
      {option.icon === undefined ? null : (
        <span className={styles['icon']} aria-hidden="true">
          {option.icon}
        </span>
      )}
      <span className={styles['words']} dir="auto">
        {option.label}
      </span>
      {option.detail === undefined ? null : (
        <span className={styles['detail']} dir="auto">
          {option.detail}
        </span>
      )}
      <span className={styles['end']}>
        {option.hint}
        {option.keys?.map((key, index) => (
          // The keys of one shortcut never change their order.
          <Kbd key={`${String(index)}${key}`}>{key}</Kbd>
        ))}
        {option.checked === true ? <Check size={14} aria-hidden="true" /> : null}
      </span>
    </div>
  );
});
