import { expect, test } from 'vitest';
import { openedName, openingOf } from './opening.ts';

const named = (fileName: string | null, mimeType = 'application/octet-stream') => ({ fileName, mimeType });

test.each(['offer.pdf', 'Plan.PNG', 'list.csv', 'letter.docx'])('%s is opened', (name) => {
  expect(openingOf(named(name))).toBe('plain');
});

test.each(['list.xlsm', 'old.doc', 'all.zip', 'letter.rtf'])('%s is opened with a warning', (name) => {
  expect(openingOf(named(name))).toBe('careful');
});

test.each([
  'setup.exe',
  'offer.pdf.exe',
  'offer.pdf.exe. .',
  'run.sh',
  'page.html',
  'drawing.svg',
  'macro.vbs',
  'shortcut.lnk',
  'app.desktop',
  'mount.iso',
  'tool.jar',
  'invoice\u202Efdp.exe',
  'help.chm',
  'offer.pdf:evil.exe',
  'noending',
  '',
])('%j is never opened, whatever its type says', (name) => {
  expect(openingOf(named(name))).toBe('never');
  expect(openingOf(named(name, 'application/x-msdownload'))).toBe('never');
});

test('what has no name is opened by its type', () => {
  expect(openingOf(named(null, 'application/pdf'))).toBe('plain');
  expect(openedName(named(null, 'application/pdf'))).toBe('file.pdf');
  expect(openingOf(named('offer', 'application/pdf; x=y'))).toBe('plain');
  // The name is what the system goes by.
  expect(openingOf(named('setup.exe', 'application/pdf'))).toBe('never');
});

test('a name is one file of one folder on every system', () => {
  expect(openedName(named('../../etc/passwd.txt'))).toBe('file.._.._etc_passwd.txt');
  expect(openedName(named('C:\\temp\\a.pdf'))).toBe('C__temp_a.pdf');
  expect(openedName(named('con.pdf'))).toBe('filecon.pdf');
  expect(openedName(named(`${'x'.repeat(300)}.pdf`))).toBe(`${'x'.repeat(80)}.pdf`);
  expect(openedName(named('عرض السعر.pdf'))).toBe('عرض السعر.pdf');
});
