import { expect, test } from 'vitest';
import { createNavigation } from './navigation.ts';
import { createPublisher } from './publisher.ts';

test('a conversation asked for before the inbox is there is shown as soon as it is', () => {
  const told: unknown[] = [];
  const publisher = createPublisher(() => undefined);
  publisher.listen((name, data) => void told.push([name, data]));
  let ready = false;
  const navigation = createNavigation(publisher, () => ready);
  navigation.show('a');
  navigation.answered('app.state');
  navigation.answered('inbox.list');
  expect(told).toEqual([]);
  ready = true;
  // The page is still loading: nobody would hear it.
  navigation.show('b');
  navigation.answered('settings.get');
  expect(told).toEqual([]);
  navigation.answered('inbox.views');
  navigation.answered('inbox.list');
  navigation.show('c');
  expect(told).toEqual([
    ['navigate.conversation', { conversationId: 'b' }],
    ['navigate.conversation', { conversationId: 'c' }],
  ]);
});
