import type { ReactNode } from 'react';
import type { View } from '../../../../shared/contract/rows.ts';
import { useOverlay } from '../../../lib/stores/overlay.ts';
import { Palette } from '../palette/Palette.tsx';
import { ShortcutSheet } from '../palette/ShortcutSheet.tsx';
import type { Commands } from '../useShortcuts.ts';
import { ViewDialog } from '../filters/ViewDialog.tsx';
import { AssignPicker } from './AssignPicker.tsx';
import { ClosePicker } from './ClosePicker.tsx';
import { DateDialog } from './DateDialog.tsx';
import { LabelPicker } from './LabelPicker.tsx';
import { SnoozePicker } from './SnoozePicker.tsx';

export interface OverlaysProps {
  readonly view: View;
  readonly commands: Commands;
  readonly onView: (view: View) => void;
  readonly onOpen: (conversationId: string) => void;
}

/** Whatever lies over the inbox right now. */
export function Overlays({ view, commands, onView, onOpen }: OverlaysProps): ReactNode {
  const overlay = useOverlay((state) => state.overlay);
  const close = useOverlay((state) => state.close);
  switch (overlay?.kind) {
    case undefined:
      return null;
    case 'assign':
      return <AssignPicker ids={overlay.ids} onClose={close} />;
    case 'label':
      return <LabelPicker ids={overlay.ids} onClose={close} />;
    case 'snooze':
      return <SnoozePicker ids={overlay.ids} onClose={close} />;
    case 'close':
      return <ClosePicker ids={overlay.ids} onClose={close} />;
    case 'date':
      return <DateDialog ids={overlay.ids} onClose={close} />;
    case 'saveView':
      return <ViewDialog view={view} itemId={null} onClose={close} onView={onView} />;
    case 'renameView':
      return <ViewDialog view={view} itemId={overlay.itemId} onClose={close} onView={onView} />;
    case 'sheet':
      return <ShortcutSheet onClose={close} />;
    case 'palette':
      return <Palette commands={commands} onClose={close} onView={onView} onOpen={onOpen} />;
  }
}
