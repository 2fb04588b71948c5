import { describe, expect, test } from 'vitest';
import type { Contact } from './contact.ts';
import {
  emptyVariables,
  fillTemplate,
  placeholdersOf,
  previewOf,
  sendableTemplate,
} from './template-fill.ts';
import type { TemplateVariables } from './template-fill.ts';
import type { Template } from './workspace.ts';

const TEMPLATE: Template = {
  id: 't',
  channelId: 'c',
  name: 'offer',
  language: 'en_US',
  category: 'marketing',
  state: 'approved',
  quality: 'green',
  header: { type: 'text', text: 'Our {{1}} is on!' },
  body: 'Until {{2}}, {{1}}: code {{3}} ({{1}})',
  footer: 'Bye',
  buttons: [
    { type: 'reply', id: null, title: 'Stop', value: null },
    { type: 'url', id: null, title: 'Book', value: 'https://a.example/o?code={{1}}' },
    { type: 'copy', id: null, title: 'Copy', value: null },
    { type: 'url', id: null, title: 'Fixed', value: 'https://a.example/' },
  ],
  reason: null,
  rev: 1,
};
const GOOD: TemplateVariables = {
  header: ['Sale'],
  body: ['Ann', 'May', 'X1'],
  buttons: ['', 'n3', '25OFF', ''],
};

/** The problems of one changed value, as "component index kind limit". */
function problems(change: Partial<TemplateVariables>, template = TEMPLATE): string[] {
  const filled = fillTemplate(template, { ...GOOD, ...change });
  if (filled.ok) return [];
  return filled.problems.map((it) =>
    it.component === 'headerMedia'
      ? `headerMedia ${it.kind} ${it.wanted}`
      : `${it.component} ${it.index} ${it.kind} ${it.limit ?? ''}`.trim(),
  );
}

test('places come in the order of their numbers, once each; buttons by their position', () => {
  expect(placeholdersOf(TEMPLATE).map((it) => `${it.component} ${it.index} ${it.name}`)).toEqual([
    'header 0 1',
    'body 0 1',
    'body 1 2',
    'body 2 3',
    'buttons 1 1',
    'buttons 2 code',
  ]);
  expect(emptyVariables(TEMPLATE)).toEqual({ header: [''], body: ['', '', ''], buttons: ['', '', '', ''] });
});

test('names come as they are first written', () => {
  const template = { ...TEMPLATE, body: 'Hi {{name}}, {{ day }} and {{name}}', header: null, buttons: [] };
  expect(placeholdersOf(template).map((it) => it.name)).toEqual(['name', 'day']);
  expect(emptyVariables(template).buttons).toEqual([]);
});

test('the message says what the customer will see and keeps the values', () => {
  const filled = fillTemplate(TEMPLATE, GOOD);
  expect(filled).toMatchObject({
    ok: true,
    content: {
      kind: 'template',
      templateId: 't',
      name: 'offer',
      header: 'Our Sale is on!',
      body: 'Until May, Ann: code X1 (Ann)',
      footer: 'Bye',
      variables: GOOD,
    },
  });
  expect(filled.ok && filled.content.buttons.map((button) => button.value)).toEqual([
    null,
    'https://a.example/o?code=n3',
    '25OFF',
    'https://a.example/',
  ]);
});

test('a value that looks like a place or a replacement pattern stays what it is', () => {
  expect(previewOf('{{1}} {{2}}', ['{{2}}', '$&'])).toBe('{{2}} $&');
  expect(previewOf('{{1}} {{2}}', ['a', ''])).toBe('a {{2}}');
});

describe('each variable is judged by itself', () => {
  test.each<[string, Partial<TemplateVariables>, string[]]>([
    ['nothing', {}, []],
    ['missing', { header: [' '], body: ['', 'a'] }, ['header 0 missing', 'body 0 missing', 'body 2 missing']],
    ['line break', { body: ['a\nb', 'a', 'b'] }, ['body 0 line_break']],
    ['tab', { body: ['a\tb', 'a', 'b'] }, ['body 0 tab']],
    ['four spaces', { body: ['a    b', 'a', 'b'] }, []],
    ['five spaces', { body: ['a     b', 'a', 'b'] }, ['body 0 spaces 4']],
    ['header', { header: ['x'.repeat(60)] }, ['header 0 too_long 60']],
    ['body', { body: ['a', 'x'.repeat(1024), 'b'] }, ['body 1 too_long 1024']],
    ['space in an address', { buttons: ['', 'a b', 'C', ''] }, ['buttons 1 address']],
    ['long address', { buttons: ['', 'x'.repeat(2000), 'C', ''] }, ['buttons 1 too_long 2000']],
    ['long code', { buttons: ['', 'x', 'x'.repeat(16), ''] }, ['buttons 2 too_long 15']],
  ])('%s', (_name, change, expected) => {
    expect(problems(change)).toEqual(expected);
  });

  test('a body that is alone may be long', () => {
    const alone: Template = { ...TEMPLATE, header: null, footer: null, buttons: [] };
    expect(problems({ body: ['a', 'x'.repeat(2000), 'b'] }, alone)).toEqual([]);
    expect(problems({ body: ['a', 'x'.repeat(32_768), 'b'] }, alone)).toEqual(['body 1 too_long 32768']);
  });
});

test('the header file must be there and of the right kind', () => {
  const media = { id: 'm', mimeType: 'image/png', size: 1, sha256: null, fileName: null };
  const withHeader = (type: 'image' | 'document' | 'location'): Template => ({
    ...TEMPLATE,
    header: { type, text: null },
  });
  expect(problems({}, withHeader('image'))).toEqual(['headerMedia missing image']);
  expect(problems({}, withHeader('location'))).toEqual(['headerMedia not_supported location']);
  expect(fillTemplate(withHeader('image'), GOOD, media)).toMatchObject({
    ok: true,
    content: { headerMedia: media },
  });
  expect(fillTemplate(withHeader('document'), GOOD, media)).toMatchObject({
    problems: [{ kind: 'wrong_type' }],
  });
});

describe('whether it may be sent', () => {
  const consent = (state: Contact['consent']['state']): Pick<Contact, 'consent'> => ({
    consent: { state, at: null, source: null },
  });

  test.each(['pending', 'rejected', 'paused', 'disabled', 'in_appeal', 'deleted', 'unknown'] as const)(
    'not when %s',
    (state) => {
      expect(sendableTemplate({ ...TEMPLATE, state }, consent('opted_in'))).toEqual({
        ok: false,
        reason: 'not_approved',
        state,
      });
    },
  );

  test('marketing not to somebody who opted out; service still', () => {
    expect(sendableTemplate(TEMPLATE, consent('opted_out'))).toEqual({ ok: false, reason: 'opted_out' });
    expect(sendableTemplate({ ...TEMPLATE, category: 'utility' }, consent('opted_out')).ok).toBe(true);
    expect(sendableTemplate(TEMPLATE, consent('unknown'))).toEqual({ ok: true, note: null });
  });

  test('a falling rating is a note, not a refusal', () => {
    expect(sendableTemplate({ ...TEMPLATE, quality: 'red' }, consent('unknown'))).toEqual({
      ok: true,
      note: 'quality_red',
    });
  });
});
