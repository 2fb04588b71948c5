/** A template message: its name, its language, and what was filled in (Meta, "Template messages"). */
import type { MessageContent } from '../../../shared/domain/message-content.ts';

type Json = Record<string, unknown>;
type TemplateContent = Extract<MessageContent, { kind: 'template' }>;

/** `mediaId`: Meta's id of the uploaded header file, where the template has one. */
export function templateBody(content: TemplateContent, mediaId: string | null): Json {
  const components = [
    headerPart(content, mediaId),
    textPart('body', content.variables.body, content.variables.names?.body),
    ...buttonParts(content),
  ];
  const filled = components.filter((component) => component !== null);
  return {
    name: content.name,
    language: { code: content.language },
    ...(filled.length > 0 && { components: filled }),
  };
}

function headerPart(content: TemplateContent, mediaId: string | null): Json | null {
  if (content.headerMedia != null && mediaId !== null) {
    const type = headerType(content.headerMedia.mimeType);
    const { fileName } = content.headerMedia;
    const file = { id: mediaId, ...(type === 'document' && fileName !== null && { filename: fileName }) };
    return { type: 'header', parameters: [{ type, [type]: file }] };
  }
  return textPart('header', content.variables.header, content.variables.names?.header);
}

function headerType(mimeType: string): 'image' | 'video' | 'document' {
  if (mimeType.startsWith('image/')) return 'image';
  return mimeType.startsWith('video/') ? 'video' : 'document';
}

/** With `names` each value says whose it is (Meta, "Template components", named parameters: header text and body; buttons have none). */
function textPart(
  type: 'header' | 'body',
  values: readonly string[],
  names: readonly string[] = [],
): Json | null {
  if (values.length === 0) return null;
  const parameters = values.map((text, index) => {
    const name = names[index];
    return { type: 'text', ...(name !== undefined && { parameter_name: name }), text };
  });
  return { type, parameters };
}

/** `variables.buttons[i]` belongs to button i; an empty value means that this button has none. */
function buttonParts(content: TemplateContent): Json[] {
  return content.variables.buttons.flatMap((value, index) => {
    const filled = value === '' ? null : buttonValue(content.buttons[index]?.type, value);
    return filled === null ? [] : [{ type: 'button', index: String(index), ...filled }];
  });
}

function buttonValue(
  type: TemplateContent['buttons'][number]['type'] | undefined,
  value: string,
): Json | null {
  switch (type) {
    case 'reply':
      return { sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: value }] };
    case 'copy':
      return { sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: value }] };
    case 'url':
      return { sub_type: 'url', parameters: [{ type: 'text', text: value }] };
    case 'phone':
    case 'flow':
    case 'other':
    case undefined:
      return null;
  }
}
