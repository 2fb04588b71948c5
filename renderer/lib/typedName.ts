/** Whether somebody has typed this name: blanks around and between do not count, capitals do. */
export function isTyped(typed: string, name: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').trim().replace(/\s+/gu, ' ');
  return plain(typed) === plain(name);
}
