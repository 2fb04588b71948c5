import { expect, test } from 'vitest';
import type { Template } from '../../../../shared/domain/workspace.ts';
import { languagesOf, templatesFor } from './templateList.ts';

function template(id: string, patch: Partial<Template> = {}): Template {
  return {
    id,
    channelId: 'c',
    name: id,
    language: 'en',
    category: 'utility',
    state: 'approved',
    quality: 'green',
    header: null,
    body: `Body of ${id}`,
    footer: null,
    buttons: [],
    reason: null,
    rev: 1,
    ...patch,
  };
}
const all = { query: '', language: null, category: null };
const ids = (list: Template[]): string[] => list.map(({ id }) => id);

test('only those of the channel, what can be sent first', () => {
  const list = [
    template('b'),
    template('a', { state: 'rejected' }),
    template('c', { channelId: 'other' }),
    template('d', { state: 'deleted' }),
    template('e', { state: 'paused' }),
  ];
  expect(ids(templatesFor(list, 'c', all))).toEqual(['b', 'e', 'a']);
});

test('found by name, with or without its underscores, and by text', () => {
  const list = [template('order_update'), template('x', { body: 'Your ORDER is here' }), template('y')];
  expect(ids(templatesFor(list, 'c', { ...all, query: 'order update' }))).toEqual(['order_update']);
  expect(ids(templatesFor(list, 'c', { ...all, query: 'order' }))).toEqual(['order_update', 'x']);
});

test('language and category narrow it', () => {
  const list = [template('a', { language: 'pt_BR' }), template('b', { category: 'marketing' })];
  expect(languagesOf(list, 'c')).toEqual(['en', 'pt_BR']);
  expect(ids(templatesFor(list, 'c', { ...all, language: 'pt_BR' }))).toEqual(['a']);
  expect(ids(templatesFor(list, 'c', { ...all, category: 'marketing' }))).toEqual(['b']);
});
