/** `message_template_*_update` and `template_category_update`: what Meta decided about a template, or what its author changed. */
import { z } from 'zod';
import type { MessageButton } from '../../../shared/domain/message-content.ts';
import type { Template } from '../../../shared/domain/workspace.ts';
import type { ProviderFact } from '../provider.ts';
import type { Mapped, Scope } from './scope.ts';
import { facts, reported } from './scope.ts';
import { TemplateFrame } from './webhook-schema.ts';
import type { Value } from './webhook-schema.ts';

type Change = Extract<ProviderFact, { type: 'template' }>['change'];

const MaybeText = z.string().min(1).nullish().catch(null);

const Status = z.object({ event: z.string(), reason: MaybeText, message_template_category: MaybeText });
const Quality = z.object({ new_quality_score: z.string() });
const Category = z.object({ new_category: z.string() });
const Button = z.object({
  message_template_button_type: z.string(),
  message_template_button_text: z.string().catch(''),
  message_template_button_url: MaybeText,
  message_template_button_phone_number: MaybeText,
});
const Components = z.object({
  message_template_element: z.string(),
  message_template_title: MaybeText,
  message_template_footer: MaybeText,
  message_template_buttons: z.array(Button).nullish().catch(null),
});

const STATES: Record<string, Template['state']> = {
  APPROVED: 'approved',
  REINSTATED: 'approved',
  PENDING: 'pending',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  LOCKED: 'paused',
  DISABLED: 'disabled',
  IN_APPEAL: 'in_appeal',
  DELETED: 'deleted',
  PENDING_DELETION: 'deleted',
  ARCHIVED: 'disabled',
};

const BUTTONS: Record<string, MessageButton['type']> = {
  QUICK_REPLY: 'reply',
  URL: 'url',
  PHONE_NUMBER: 'phone',
  COPY_CODE: 'copy',
  FLOW: 'flow',
};

export function isTemplateField(field: string): boolean {
  return field === 'template_category_update' || field.startsWith('message_template_');
}

/** `field` is the name of the change, which tells the four kinds apart. */
export function templateFacts(scope: Scope, value: Value): Mapped {
  const named = TemplateFrame.safeParse(value);
  if (!named.success) return reported(scope, 'misfit', 'template update without a name');
  const change = changeOf(scope.field, value);
  if (change === null) return reported(scope, 'notice', 'template update');
  return facts({
    type: 'template',
    channelId: scope.channelId,
    name: named.data.message_template_name,
    language: named.data.message_template_language,
    change,
  });
}

function changeOf(field: string, value: Value): Change | null {
  switch (field) {
    case 'message_template_status_update':
      return statusChange(value);
    case 'message_template_quality_update': {
      const parsed = Quality.safeParse(value);
      return parsed.success ? { quality: qualityOf(parsed.data.new_quality_score) } : null;
    }
    case 'template_category_update': {
      const parsed = Category.safeParse(value);
      return parsed.success ? { category: categoryOf(parsed.data.new_category) } : null;
    }
    case 'message_template_components_update':
      return componentsChange(value);
    default:
      return null;
  }
}

/** FLAGGED is an event, not a state: the template may still be sent, so only its quality changes. */
function statusChange(value: Value): Change | null {
  const parsed = Status.safeParse(value);
  if (!parsed.success) return null;
  const { event, reason, message_template_category: category } = parsed.data;
  if (event === 'FLAGGED') return { quality: 'red' };
  return {
    state: STATES[event] ?? 'unknown',
    reason: reason == null || reason === 'NONE' ? null : reason,
    ...(category != null && { category: categoryOf(category) }),
  };
}

function componentsChange(value: Value): Change | null {
  const parsed = Components.safeParse(value);
  if (!parsed.success) return null;
  const {
    message_template_title: title,
    message_template_footer: footer,
    message_template_buttons: buttons,
  } = parsed.data;
  return {
    body: parsed.data.message_template_element,
    // A title that is missing here may still be a picture, so its absence says nothing.
    ...(title != null && { header: { type: 'text', text: title } }),
    ...(footer != null && { footer }),
    ...(buttons != null && {
      buttons: buttons.map((button) => ({
        type: BUTTONS[button.message_template_button_type] ?? 'other',
        id: null,
        title: button.message_template_button_text,
        value: button.message_template_button_url ?? button.message_template_button_phone_number ?? null,
      })),
    }),
  };
}

function qualityOf(score: string): Template['quality'] {
  return ({ GREEN: 'green', YELLOW: 'yellow', RED: 'red' } as const)[score] ?? 'unknown';
}

function categoryOf(category: string): Template['category'] {
  return (
    (
      {
        MARKETING: 'marketing',
        UTILITY: 'utility',
        AUTHENTICATION: 'authentication',
        SERVICE: 'service',
      } as const
    )[category] ?? 'other'
  );
}
