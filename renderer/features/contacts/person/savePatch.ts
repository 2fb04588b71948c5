import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ContactDetail } from '../../../../shared/contract/contacts.ts';
import type { Contact, ContactPatch } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { keys } from '../../../lib/queries/keys.ts';
import { offerUndo } from '../../../lib/undo/undo.ts';

/** Changes a person: at once on screen, then in the cache. Resolves to null, or to what is wrong in words; then nothing is changed. */
export type SavePatch = (patch: ContactPatch, done?: string) => Promise<string | null>;

export function useSavePatch(contactId: string): SavePatch {
  const bridge = useBridge();
  const client = useQueryClient();
  return useCallback(
    async (patch, done) => {
      const key = keys.person(contactId);
      const before = client.getQueryData<ContactDetail>(key);
      if (before !== undefined) {
        client.setQueryData<ContactDetail>(key, { ...before, contact: patched(before.contact, patch) });
      }
      try {
        const { undoId } = await bridge.call('contact.save', { contactId, patch });
        offerUndo(bridge, undoId, done ?? t('person.saved'));
        return null;
      } catch (error) {
        client.setQueryData(key, before);
        return callWords(error);
      }
    },
    [bridge, client, contactId],
  );
}

/** A contact as it will be. */
export function patched(contact: Contact, { fields, ...patch }: ContactPatch): Contact {
  const values = { ...contact.fields };
  for (const [id, value] of Object.entries(fields ?? {})) {
    if (value === null) delete values[id];
    else values[id] = value;
  }
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...contact, ...given, fields: values };
}
