import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeferredValue, useState } from 'react';
import { EVERYBODY } from '../../../../shared/domain/contact-filter.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { shownPhone } from '../../../lib/phoneWords.ts';
import { keys } from '../../../lib/queries/keys.ts';
import { Picker } from '../../../ui/Picker.tsx';

const MOST = 12;

export interface PersonPickerProps {
  readonly onChoose: (contact: Contact) => void;
  readonly onClose: () => void;
}

/** Finds one person by name, number in any notation, or address. */
export function PersonPicker({ onChoose, onClose }: PersonPickerProps): ReactNode {
  const bridge = useBridge();
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query.trim());
  const { data, isPlaceholderData } = useQuery({
    queryKey: [...keys.people, 'pick', asked],
    queryFn: () =>
      bridge.call('contacts.list', {
        filter: EVERYBODY,
        query: asked,
        sort: { by: 'name', descending: false },
        offset: 0,
        limit: MOST,
      }),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  const rows = data?.rows ?? [];
  return (
    <Picker
      title={t('rights.form.choosePerson')}
      placeholder={t('rights.form.find')}
      query={query}
      onQuery={setQuery}
      busy={isPlaceholderData || asked !== query.trim()}
      groups={[
        {
          id: 'people',
          title: null,
          options: rows.map(({ contact }) => ({
            id: contact.id,
            label: contact.name,
            detail: contact.phone === null ? (contact.email ?? undefined) : shownPhone(contact.phone),
            icon: <UserRound size={14} />,
          })),
        },
      ]}
      onChoose={(id) => {
        const row = rows.find(({ contact }) => contact.id === id);
        if (row !== undefined) onChoose(row.contact);
      }}
      onClose={onClose}
      empty={t('rights.form.nobody')}
    />
  );
}
