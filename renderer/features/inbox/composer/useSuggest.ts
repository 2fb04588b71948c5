import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import { fillReply } from '../../../../shared/domain/reply-variables.ts';
import { t } from '../../../i18n/t.ts';
import { useLookup, useReady } from '../../../lib/queries/hooks.ts';
import { useWritingLibrary } from '../../../lib/queries/writing.ts';
import { matchingPeople, matchingReplies } from './suggest.ts';
import type { TextBoxProps } from './TextBox.tsx';

/** What the text box suggests: canned replies after a slash, colleagues after an @ in a note. */
export function useSuggest(detail: ConversationDetail, note: boolean): TextBoxProps['suggest'] {
  const library = useWritingLibrary();
  const lookup = useLookup();
  const { me } = useReady();
  if (note) {
    const people = [...lookup.users.values()].filter((user) => !user.disabled && user.id !== me.id);
    return {
      mark: '@',
      label: t('writing.suggest.people'),
      find: (query) =>
        matchingPeople(people, query).map(({ id, name, email }) => ({
          id,
          title: name,
          detail: email,
          mark: '@',
        })),
      textOf: ({ title }) => `@${title} `,
    };
  }
  const subject = {
    contactName: detail.contact.name,
    agentName: me.name,
    channelName: detail.channel.name,
  };
  return {
    mark: '/',
    label: t('writing.suggest.replies'),
    find: (query) =>
      matchingReplies(library?.replies ?? [], query).map(({ id, content }) => ({
        id,
        title: content.title,
        detail: fillReply(content.body, subject).replaceAll(/\s+/gu, ' '),
        mark: `/${content.shortcut}`,
      })),
    textOf: ({ id }) => {
      const found = library?.replies.find((reply) => reply.id === id);
      return found === undefined ? '' : fillReply(found.content.body, subject);
    },
  };
}
