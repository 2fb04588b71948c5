/**
 * Filling in a template: which places it has, what may stand in them, and the message that results. Sources of the rules:
 * [components] Meta, "Template components" (developers.facebook.com/documentation/business-messaging/whatsapp/templates/components);
 * [messages] Meta, Cloud API reference "Messages", parameter object; [132018] Meta's refusal "Param text cannot have new-line/tab
 * characters or more than 4 consecutive spaces" (error codes 132012 and 132018).
 */
import type { Contact } from './contact.ts';
import type { MediaRef, MessageContent } from './message-content.ts';
import type { Template } from './workspace.ts';

export type TemplateContent = Extract<MessageContent, { kind: 'template' }>;

/** The values by component, as the message keeps them (without the names, which the gateway adds). `buttons[i]` belongs to button i; '' where it takes none. */
export type TemplateVariables = Omit<TemplateContent['variables'], 'names'>;

/** A place to fill in: `variables[component][index]`. `name` is what stands between the braces, or `code` for a copied code. */
export type Placeholder = { component: keyof TemplateVariables; index: number; name: string };

export type VariableProblemKind =
  | 'missing'
  /** The filled-in component is longer than `limit` characters. */
  | 'too_long'
  | 'line_break'
  | 'tab'
  /** More than `limit` spaces in a row. */
  | 'spaces'
  /** The end of a web address with a space or another character that an address cannot have. */
  | 'address';

/** One per variable, the first rule that it breaks; and at most one about the header's file. */
export type TemplateProblem =
  | (Placeholder & { kind: VariableProblemKind; limit: number | null })
  | { component: 'headerMedia'; kind: 'missing' | 'wrong_type' | 'not_supported'; wanted: string };

export type Filled =
  | { ok: true; content: TemplateContent }
  | { ok: false; problems: [TemplateProblem, ...TemplateProblem[]] };

const PLACEHOLDER = /\{\{\s*([\p{L}\p{N}_]+)\s*\}\}/gu;

/** [components] A text header has at most 60 characters; [messages] so has it when filled in. */
const HEADER_LIMIT = 60;
/** [messages] 1,024 characters beside other components, 32,768 where the body is alone. */
const BODY_LIMIT = 1024;
const LONE_BODY_LIMIT = 32_768;
/** [components] A web address of a button has at most 2,000 characters, a code to copy 15. */
const ADDRESS_LIMIT = 2000;
const CODE_LIMIT = 15;
/** [132018] */
const SPACES_LIMIT = 4;

/** Every place of a template in the order in which to ask for it. Numbers in their order, names as they come first. */
export function placeholdersOf(template: Pick<Template, 'header' | 'body' | 'buttons'>): Placeholder[] {
  const texts = [
    ...named('header', template.header?.type === 'text' ? (template.header.text ?? '') : ''),
    ...named('body', template.body),
  ];
  const buttons = template.buttons.flatMap((button, index): Placeholder[] => {
    if (button.type === 'copy') return [{ component: 'buttons', index, name: 'code' }];
    const name = button.type === 'url' ? namesIn(button.value ?? '')[0] : undefined;
    return name === undefined ? [] : [{ component: 'buttons', index, name }];
  });
  return [...texts, ...buttons];
}

/** Values for a template with nothing filled in yet. */
export function emptyVariables(template: Pick<Template, 'header' | 'body' | 'buttons'>): TemplateVariables {
  const places = placeholdersOf(template);
  const count = (component: string): number => places.filter((it) => it.component === component).length;
  return {
    header: Array.from({ length: count('header') }, () => ''),
    body: Array.from({ length: count('body') }, () => ''),
    buttons: count('buttons') === 0 ? [] : template.buttons.map(() => ''),
  };
}

/** The header file that a template needs, or null. A location header cannot be sent from here. */
export function headerFileOf(
  template: Pick<Template, 'header'>,
): 'image' | 'video' | 'document' | 'location' | null {
  const type = template.header?.type ?? 'text';
  return type === 'text' ? null : type;
}

/** A text with its places filled in; a place without a value keeps its braces. For the live preview. */
export function previewOf(text: string, values: readonly string[]): string {
  const names = namesIn(text);
  return text.replace(PLACEHOLDER, (whole, name: string) => {
    const value = values[names.indexOf(name)] ?? '';
    return value === '' ? whole : value;
  });
}

/** The message, or everything that is wrong, one problem per variable. Whether it may go out now is `sendableTemplate`'s. */
export function fillTemplate(
  template: Template,
  variables: TemplateVariables,
  headerMedia: MediaRef | null = null,
): Filled {
  const media = headerProblem(template, headerMedia);
  const problems: TemplateProblem[] = [
    ...(media === null ? [] : [media]),
    ...placeholdersOf(template).flatMap((place) => variableProblem(template, variables, place) ?? []),
  ];
  const [first, ...rest] = problems;
  if (first !== undefined) return { ok: false, problems: [first, ...rest] };
  const header = template.header?.type === 'text' ? template.header.text : null;
  const used = emptyVariables(template);
  const content: TemplateContent = {
    kind: 'template',
    templateId: template.id,
    name: template.name,
    language: template.language,
    header: header === null ? null : previewOf(header, variables.header),
    headerMedia,
    body: previewOf(template.body, variables.body),
    footer: template.footer,
    buttons: template.buttons.map((button, index) => {
      const value = variables.buttons[index] ?? '';
      if (button.type === 'copy') return { ...button, value };
      return button.type === 'url' && button.value !== null
        ? { ...button, value: previewOf(button.value, [value]) }
        : button;
    }),
    variables: {
      header: used.header.map((_, index) => variables.header[index] ?? ''),
      body: used.body.map((_, index) => variables.body[index] ?? ''),
      buttons: used.buttons.map((_, index) => variables.buttons[index] ?? ''),
    },
  };
  return { ok: true, content };
}

/** `note`: it may be sent, but its rating is falling and Meta may pause it (Meta, "Template quality rating"). */
export type TemplateVerdict =
  | { ok: true; note: 'quality_red' | 'quality_yellow' | null }
  | { ok: false; reason: 'not_approved'; state: Exclude<Template['state'], 'approved'> }
  | { ok: false; reason: 'opted_out' }
  | { ok: false; reason: 'location_header' };

/** Whether a template may be sent to a contact, and if not, why. */
export function sendableTemplate(
  template: Pick<Template, 'state' | 'category' | 'quality' | 'header'>,
  contact: Pick<Contact, 'consent'>,
): TemplateVerdict {
  if (template.state !== 'approved') return { ok: false, reason: 'not_approved', state: template.state };
  if (template.category === 'marketing' && contact.consent.state === 'opted_out') {
    return { ok: false, reason: 'opted_out' };
  }
  if (headerFileOf(template) === 'location') return { ok: false, reason: 'location_header' };
  if (template.quality === 'red') return { ok: true, note: 'quality_red' };
  return { ok: true, note: template.quality === 'yellow' ? 'quality_yellow' : null };
}

function namesIn(text: string): string[] {
  const names = [...new Set(Array.from(text.matchAll(PLACEHOLDER), (match) => match[1] ?? ''))];
  // {{2}} may stand before {{1}}, and the values are sent by number.
  return names.every((name) => /^\d+$/u.test(name)) ? names.toSorted((a, b) => Number(a) - Number(b)) : names;
}

function named(component: 'header' | 'body', text: string): Placeholder[] {
  return namesIn(text).map((name, index) => ({ component, index, name }));
}

function headerProblem(template: Template, media: MediaRef | null): TemplateProblem | null {
  const wanted = headerFileOf(template);
  if (wanted === null) return null;
  const problem = { component: 'headerMedia', wanted } as const;
  if (wanted === 'location') return { ...problem, kind: 'not_supported' };
  if (media === null) return { ...problem, kind: 'missing' };
  const [type] = media.mimeType.toLowerCase().split('/');
  const given = type === 'image' || type === 'video' ? type : 'document';
  return given === wanted ? null : { ...problem, kind: 'wrong_type' };
}

function variableProblem(
  template: Template,
  variables: TemplateVariables,
  place: Placeholder,
): TemplateProblem | null {
  const value = variables[place.component][place.index] ?? '';
  const broken = (kind: VariableProblemKind, limit: number | null = null): TemplateProblem => ({
    ...place,
    kind,
    limit,
  });
  if (value.trim() === '') return broken('missing');
  if (/[\n\r\u2028\u2029]/u.test(value)) return broken('line_break');
  if (value.includes('\t')) return broken('tab');
  if (/ {5,}/u.test(value)) return broken('spaces', SPACES_LIMIT);
  const button = place.component === 'buttons' ? template.buttons[place.index] : undefined;
  // What is put at the end of an address must be of an address; Meta percent-encodes nothing.
  if (button?.type === 'url' && /[\s<>"{}|\\^`\p{Cc}]/u.test(value)) return broken('address');
  const limit = limitOf(template, place);
  return filledLength(template, variables, place) > limit && isLongest(variables, place)
    ? broken('too_long', limit)
    : null;
}

function limitOf(template: Template, place: Placeholder): number {
  switch (place.component) {
    case 'header':
      return HEADER_LIMIT;
    case 'body':
      return template.header === null && template.footer === null && template.buttons.length === 0
        ? LONE_BODY_LIMIT
        : BODY_LIMIT;
    case 'buttons':
      return template.buttons[place.index]?.type === 'copy' ? CODE_LIMIT : ADDRESS_LIMIT;
  }
}

/** Characters of the component that a place belongs to, everything filled in. */
function filledLength(template: Template, variables: TemplateVariables, place: Placeholder): number {
  switch (place.component) {
    case 'header':
      return previewOf(template.header?.text ?? '', variables.header).length;
    case 'body':
      return previewOf(template.body, variables.body).length;
    case 'buttons': {
      const button = template.buttons[place.index];
      const value = variables.buttons[place.index] ?? '';
      return button?.type === 'copy' ? value.length : previewOf(button?.value ?? '', [value]).length;
    }
  }
}

/** Of several variables of one text, the longest is the one to shorten. */
function isLongest(variables: TemplateVariables, place: Placeholder): boolean {
  if (place.component === 'buttons') return true;
  const lengths = variables[place.component].map((value) => value.length);
  return lengths.indexOf(Math.max(...lengths)) === place.index;
}
