/** How the application is started: links to a conversation, words on the command line. As far as it can be checked without Electron's binary: against a module that records what it is asked. */
import { describe, expect, test, vi } from 'vitest';
import * as electron from '../../test/support/fake-electron.ts';
import { KNOWN_FLAGS } from '../app/flags.ts';
import { ownArguments } from './arguments.ts';
import { conversationOfLink, linkOf } from './deep-link.ts';
import { answerLinks, followLinks } from './links.ts';

vi.mock('electron', () => import('../../test/support/fake-electron.ts'));

const { asked } = electron;

describe('links to a conversation', () => {
  const id = '01890000-0000-7000-8000-000000000001';
  test.each([`parley://conversation/${id}`, `PARLEY://conversation/${id}/`])('%s leads there', (link) => {
    expect(conversationOfLink(link)).toBe(id);
  });
  test.each([
    '',
    'parley://',
    'parley://conversation/',
    `parley://conversation/${id}?x=1`,
    `parley://conversation/${id}#x`,
    `parley://conversation/${id}/../other`,
    `parley://conversation/%2e%2e`,
    `parley://user@conversation/${id}`,
    `parley://conversation:80/${id}`,
    `parley://conversations/${id}`,
    `parley-app://main/conversation/${id}`,
    `https://conversation/${id}`,
    ` parley://conversation/${id}`,
    `parley://conversation/${id}\n--gateway`,
    `parley://conversation/${'x'.repeat(129)}`,
  ])('%j is none', (link) => {
    expect(conversationOfLink(link)).toBeNull();
  });
  test('are found on a command line', () => {
    expect(linkOf(['parley', '--allow-file-access', `parley://conversation/${id}`])).toBe(id);
    expect(linkOf(['parley', 'parley://evil'])).toBeNull();
  });
  test('come by the command line, a second start and open-url, before and after the application is there', () => {
    const followed: (string | null)[] = [];
    const link = `parley://conversation/${id}`;
    expect(followLinks(['parley', link], (one) => followed.push(one))).toBe(id);
    expect(followLinks(['parley'], () => undefined)).toBeNull();
    electron.app.emit('second-instance', {}, ['parley', '--allow-file-access', link]);
    // Started once more, without a link: only the window comes forward.
    electron.app.emit('second-instance', {}, ['parley']);
    let prevented = 0;
    for (const url of [link, 'parley://evil']) {
      electron.app.emit('open-url', { preventDefault: () => (prevented += 1) }, url);
    }
    expect(followed).toEqual([id, null, id, null]);
    expect(prevented).toBeGreaterThanOrEqual(2);
  });
  test('are answered by the installed application alone', () => {
    answerLinks();
    expect(asked.schemesAnswered).toEqual([]);
    electron.app.isPackaged = true;
    answerLinks();
    electron.app.isPackaged = false;
    expect(asked.schemesAnswered).toEqual(['parley']);
  });
});

describe('our words on the command line', () => {
  const known = KNOWN_FLAGS;
  test.each([
    [['electron', '--no-sandbox', 'out/main/entry.js', '--seed', 'demo'], false, ['--seed', 'demo']],
    [['electron', 'out/main/entry.js'], false, []],
    [['electron'], false, []],
    [
      ['parley', '--no-sandbox', '--gateway', 'https://gw.example', '-psn_0', '--json'],
      true,
      ['--gateway', 'https://gw.example', '--json'],
    ],
    [['parley', '--inspect=0', '--user-data=/x'], true, ['--user-data=/x']],
  ])('%j', (argv, packaged, own) => {
    expect(ownArguments(argv, { packaged, known })).toEqual(own);
  });
});
