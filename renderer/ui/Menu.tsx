import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import type {
  MenuItemProps as AriaMenuItemProps,
  MenuProps as AriaMenuProps,
  Selection,
} from 'react-aria-components';
import { Kbd } from './Kbd.tsx';
import styles from './Menu.module.css';

export interface MenuProps extends Omit<AriaMenuProps<object>, 'className' | 'style'> {
  /** The control that opens it, as first child; entries follow through `items`. */
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
}

/** A pop-up menu: give it the trigger button and MenuItem / MenuSection / MenuSeparator children. */
export function Menu({ trigger, children, placement = 'bottom start', ...rest }: MenuProps): ReactNode {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={4} className={styles['popover'] ?? ''}>
        <AriaMenu {...rest} className={styles['menu'] ?? ''}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuItemProps extends Omit<
  AriaMenuItemProps,
  'className' | 'style' | 'children' | 'textValue'
> {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
}

/** One entry; shows a check mark when its section selects it. */
export function MenuItem({ label, icon, shortcut, ...rest }: MenuItemProps): ReactNode {
  return (
    <AriaMenuItem {...rest} textValue={label} className={styles['item'] ?? ''}>
      {({ isSelected, selectionMode }) => (
        <>
          <span className={styles['icon']} aria-hidden="true">
            {selectionMode === 'none' ? icon : isSelected ? <Check size={14} /> : null}
          </span>
          <span className={styles['text']}>{label}</span>
          {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
        </>
      )}
    </AriaMenuItem>
  );
}

export interface MenuSectionProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly selected?: string;
  readonly onSelect?: (key: string) => void;
}

/** A titled group; with `selected` exactly one of its entries is checked. */
export function MenuSection({ title, children, selected, onSelect }: MenuSectionProps): ReactNode {
  const header = <Header className={styles['header'] ?? ''}>{title}</Header>;
  if (selected === undefined) {
    return (
      <AriaMenuSection>
        {header}
        {children}
      </AriaMenuSection>
    );
  }
  const choose = (keys: Selection): void => {
    if (keys === 'all') return;
    for (const key of keys) onSelect?.(String(key));
  };
  return (
    <AriaMenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={choose}
    >
      {header}
      {children}
    </AriaMenuSection>
  );
}

/** A hairline between groups. */
export function MenuSeparator(): ReactNode {
  return <Separator className={styles['separator'] ?? ''} />;
}
