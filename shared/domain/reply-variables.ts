/** The variables of canned replies and macros: `{{contact.name}}` and its like. */
import { cleanName } from '../text/person-name.ts';

export const REPLY_VARIABLES = ['contact.name', 'contact.first_name', 'agent.name', 'channel.name'] as const;
export type ReplyVariable = (typeof REPLY_VARIABLES)[number];

/** Who and what a reply is about. */
export type ReplySubject = { contactName: string; agentName: string; channelName: string };

const VARIABLE = /\{\{\s*([a-z_.]{1,40})\s*\}\}/gu;

/** The text with its variables filled in. What is no variable stays as it stands, so that the writer sees it. */
export function fillReply(text: string, subject: ReplySubject): string {
  return text.replace(VARIABLE, (whole, name: string) => valueOf(name, subject) ?? whole);
}

function valueOf(name: string, subject: ReplySubject): string | null {
  switch (name) {
    case 'contact.name':
      return cleanName(subject.contactName);
    case 'contact.first_name':
      return cleanName(subject.contactName).split(' ')[0] ?? '';
    case 'agent.name':
      return subject.agentName;
    case 'channel.name':
      return subject.channelName;
    default:
      return null;
  }
}
