import type { Template } from '../../../../shared/domain/workspace.ts';

export interface TemplateFilter {
  readonly query: string;
  readonly language: string | null;
  readonly category: Template['category'] | null;
}

const STATE_ORDER: Readonly<Partial<Record<Template['state'], number>>> = {
  approved: 0,
  paused: 1,
  pending: 2,
  in_appeal: 3,
};

/** The templates of one channel that fit: those that can be sent first, then by name and language. Deleted ones are not shown. */
export function templatesFor(
  templates: ReadonlyArray<Template>,
  channelId: string,
  { query, language, category }: TemplateFilter,
): Template[] {
  const words = query
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  return templates
    .filter((template) => template.channelId === channelId && template.state !== 'deleted')
    .filter((template) => language === null || template.language === language)
    .filter((template) => category === null || template.category === category)
    .filter((template) => {
      const text = searchText(template);
      return words.every((word) => text.includes(word));
    })
    .toSorted(
      (a, b) =>
        (STATE_ORDER[a.state] ?? 9) - (STATE_ORDER[b.state] ?? 9) ||
        a.name.localeCompare(b.name) ||
        a.language.localeCompare(b.language),
    );
}

/** Languages of a channel's templates. */
export function languagesOf(templates: ReadonlyArray<Template>, channelId: string): string[] {
  const own = templates.filter(
    (template) => template.channelId === channelId && template.state !== 'deleted',
  );
  return [...new Set(own.map((template) => template.language))].toSorted();
}

function searchText(template: Template): string {
  const parts = [
    template.name,
    template.name.replaceAll('_', ' '),
    template.header?.text,
    template.body,
    template.footer,
  ];
  return parts
    .filter((part) => part != null)
    .join(' ')
    .toLocaleLowerCase();
}
