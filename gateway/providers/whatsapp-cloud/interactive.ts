/** What a customer chose in an interactive message, and calling permissions, which come the same way. */
import { z } from 'zod';
import type { MessageContent } from '../../../shared/domain/message-content.ts';

const Choice = z.object({
  id: z.string().nullish().catch(null),
  title: z.string(),
  description: z.string().nullish().catch(null),
});

const Flow = z.object({
  body: z.string().nullish().catch(null),
  name: z.string().nullish().catch(null),
  response_json: z.string(),
});

const CallPermission = z.object({
  response: z.string(),
  expiration_timestamp: z.number().nullish().catch(null),
});

const Interactive = z.object({
  button_reply: z.unknown().optional(),
  list_reply: z.unknown().optional(),
  nfm_reply: z.unknown().optional(),
  call_permission_reply: z.unknown().optional(),
});

/** Null when it is no answer that we know. */
export function interactiveContent(value: unknown): MessageContent | null {
  const parsed = Interactive.safeParse(value);
  if (!parsed.success) return null;
  return (
    choiceContent('button', parsed.data.button_reply) ??
    choiceContent('list', parsed.data.list_reply) ??
    flowContent(parsed.data.nfm_reply) ??
    callPermissionContent(parsed.data.call_permission_reply)
  );
}

function choiceContent(source: 'button' | 'list', value: unknown): MessageContent | null {
  const parsed = Choice.safeParse(value);
  if (!parsed.success) return null;
  const { id, title, description } = parsed.data;
  return { kind: 'answer', source, id: id ?? null, title, description: description ?? null, fields: [] };
}

function flowContent(value: unknown): MessageContent | null {
  const parsed = Flow.safeParse(value);
  if (!parsed.success) return null;
  const answers = answersOf(parsed.data.response_json);
  if (answers === null) return null;
  return {
    kind: 'answer',
    source: 'flow',
    id: typeof answers['flow_token'] === 'string' ? answers['flow_token'] : null,
    title: parsed.data.body ?? parsed.data.name ?? '',
    description: null,
    // The token ties the answer to the form that was sent; it says nothing to a reader.
    fields: Object.entries(answers)
      .filter(([name]) => name !== 'flow_token')
      .map(([name, answer]) => ({
        name,
        value: typeof answer === 'string' ? answer : JSON.stringify(answer),
      })),
  };
}

function answersOf(json: string): Record<string, unknown> | null {
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: the message becomes `unknown` and the payload is kept.
    return null;
  }
}

function callPermissionContent(value: unknown): MessageContent | null {
  const parsed = CallPermission.safeParse(value);
  if (!parsed.success) return null;
  const granted = parsed.data.response === 'accept';
  const until = parsed.data.expiration_timestamp;
  const end = until == null ? Number.NaN : until * 1000;
  const suffix = Math.abs(end) < 8.64e15 ? ` until ${new Date(end).toISOString()}` : '';
  return {
    kind: 'system',
    event: 'call_permission',
    text: granted ? `The customer allowed calls${suffix}` : 'The customer did not allow calls',
  };
}
