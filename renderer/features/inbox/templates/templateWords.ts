import type {
  Placeholder,
  TemplateProblem,
  TemplateVerdict,
} from '../../../../shared/domain/template-fill.ts';
import type { Template } from '../../../../shared/domain/workspace.ts';
import { language, t } from '../../../i18n/t.ts';

/** "Portuguese (Brazil)" for pt_BR; the code itself where no name is known. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([language()], { type: 'language' }).of(code.replaceAll('_', '-')) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}

/** Why a template cannot be sent, or null when it can. */
export function cannotWords(verdict: TemplateVerdict): string | null {
  if (verdict.ok) return null;
  if (verdict.reason === 'not_approved') {
    return t('writing.templates.cannot.not_approved', {
      state: t(`writing.templates.state.${verdict.state}`),
    });
  }
  return t(`writing.templates.cannot.${verdict.reason}`);
}

/** The name of a place to fill in. */
export function placeWords({ component, index, name }: Placeholder, template: Template): string {
  if (component === 'body') return t('writing.templates.variable', { name });
  if (component === 'header') return t('writing.templates.headerVariable', { name });
  const title = template.buttons[index]?.title ?? '';
  return name === 'code'
    ? t('writing.templates.codeVariable', { title })
    : t('writing.templates.buttonVariable', { title });
}

export function problemWords(problem: TemplateProblem): string {
  if (problem.component === 'headerMedia') {
    if (problem.kind === 'wrong_type')
      return t('writing.templates.problem.wrong_type', { wanted: problem.wanted });
    return t(`writing.templates.problem.${problem.kind}`);
  }
  if (problem.kind === 'too_long' || problem.kind === 'spaces') {
    return t(`writing.templates.problem.${problem.kind}`, { limit: problem.limit ?? 0 });
  }
  return t(`writing.templates.problem.${problem.kind}`);
}
