import { expect, test } from 'vitest';
import { fillReply } from './reply-variables.ts';

const subject = { contactName: 'Ana María Souza', agentName: 'Maya', channelName: 'Shop' };

test('variables are filled, with or without spaces', () => {
  expect(
    fillReply('Hi {{contact.first_name}} ({{ contact.name }}), {{agent.name}} of {{channel.name}}', subject),
  ).toBe('Hi Ana (Ana María Souza), Maya of Shop');
});

test('what is no variable stays, and values are not looked at again', () => {
  expect(fillReply('{{1}} {{contact.phone}} {{', subject)).toBe('{{1}} {{contact.phone}} {{');
  expect(fillReply('{{contact.name}}', { ...subject, contactName: '{{agent.name}} $& $1' })).toBe(
    '{{agent.name}} $& $1',
  );
});

test('a name cannot turn the rest of the text around', () => {
  expect(fillReply('Hi {{contact.name}}!', { ...subject, contactName: '\u202Eana' })).toBe('Hi ana!');
});
