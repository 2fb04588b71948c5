import { Inbox, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useConnection, useLookup, useReady } from '../../../lib/queries/hooks.ts';
import { useAround } from '../../../lib/stores/around.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useTriage } from './context.ts';
import { TriagePicker } from './TriagePicker.tsx';

const QUEUE = 'queue';

/** Gives conversations to a person, a team or the queue, with a note if one likes. Only people who may see all of them are offered. */
export function AssignPicker({
  ids,
  onClose,
}: {
  readonly ids: ReadonlyArray<string>;
  readonly onClose: () => void;
}): ReactNode {
  const triage = useTriage();
  const lookup = useLookup();
  const { me } = useReady();
  const presence = useAround((state) => state.presence);
  // Who is here is known only while we are: without a connection nobody is called offline.
  const online = useConnection()?.connection.state === 'online';
  const [note, setNote] = useState('');

  const channels = new Set(triage.rows(ids).map((row) => row.conversation.channelId));
  const people = [...lookup.users.values()]
    .filter(
      (user) =>
        !user.disabled &&
        (user.channelIds === null || [...channels].every((id) => user.channelIds?.includes(id))),
    )
    // Oneself first, then by name.
    .toSorted((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name));
  const teams = [...lookup.teams.values()].filter((team) => !team.deleted);

  const choose = (key: string): void => {
    const user = lookup.users.get(key);
    const team = lookup.teams.get(key);
    triage.assign(
      ids,
      { assigneeId: user?.id ?? null, teamId: team?.id ?? null, name: user?.name ?? team?.name ?? null },
      note.trim() === '' ? null : note.trim(),
    );
    onClose();
  };

  return (
    <TriagePicker
      of="assign"
      onChoose={choose}
      onClose={onClose}
      groups={[
        {
          id: 'people',
          title: t('triage.assign.people'),
          options: people.map((user) => {
            const state = presence.get(user.id) ?? (online ? 'offline' : undefined);
            return {
              id: user.id,
              label: user.id === me.id ? t('triage.assign.me', { name: user.name }) : user.name,
              icon: <Avatar name={user.name} size={20} />,
              also: user.id === me.id ? [t('triage.filter.me')] : [],
              hint: state === undefined ? undefined : t(`triage.presence.${state}`),
            };
          }),
        },
        {
          id: 'teams',
          title: t('triage.assign.teams'),
          options: teams.map(({ id, name }) => ({ id, label: name, icon: <Users size={14} /> })),
        },
        {
          id: QUEUE,
          title: null,
          options: [{ id: QUEUE, label: t('triage.assign.queue'), icon: <Inbox size={14} /> }],
        },
      ]}
      footer={<TextField label={t('triage.assign.note')} value={note} onChange={setNote} maxLength={2000} />}
    />
  );
}
