/** The pages of the settings, in their order. */
export const SECTIONS = [
  'general',
  'notifications',
  'promises',
  'retention',
  'storage',
  'security',
  'devices',
  'backup',
  'diagnostics',
] as const;
export type Section = (typeof SECTIONS)[number];

/** The section of an address; the first for none, or for one typed by hand that does not exist. */
export function sectionOf(word: string | undefined): Section {
  return SECTIONS.find((each) => each === word) ?? 'general';
}
