import { expect, test } from 'vitest';
import { deadLinks, leakingCalls, missingReadmes, physicalCss, physicalStyles } from './sources.mjs';

test.each([
  'margin-left: 4px',
  'padding-right: 4px',
  'left: 0',
  'right: 0',
  'border-left: 1px solid',
  'border-right-color: red',
  'border-top-left-radius: 4px',
  'scroll-margin-left: 1px',
  'text-align: left',
  'float: right',
  'margin: 0 4px 0 8px',
  'inset: 0 auto 0 0',
])('refuses %s', (declaration) => {
  expect(physicalCss('a.css', `.a {\n  color: red;\n  ${declaration};\n}`)).toEqual([
    expect.stringMatching(/^a\.css:3: /),
  ]);
});

test.each([
  'margin-inline-start: 4px',
  'inset-inline-end: 0',
  'border-start-start-radius: 4px',
  'text-align: start',
  'margin: 0 4px 0 4px',
  'margin: 1px 2px',
  'top: 0',
  'margin-top: 4px',
  '--left: 4px',
  'grid-template-areas: left right',
  'transition: left 1s',
])('allows %s', (declaration) => {
  expect(physicalCss('a.css', `.a { ${declaration}; }`)).toEqual([]);
});

test('reads nested rules, the last declaration without a semicolon, and no comments', () => {
  expect(physicalCss('a.css', '.a { &:hover { left: 0 } }')).toHaveLength(1);
  expect(physicalCss('a.css', '/* left: 0; */ .left:hover { /* right: 0; */ color: red }')).toEqual([]);
  expect(physicalCss('a.css', '.a { /* why */ left: 0; }')).toHaveLength(1);
});

test('refuses physical properties in style attributes only', () => {
  const source =
    'const rect = { left: 1 };\nexport const A = () => <p style={{ left: 1, marginRight: rect.left, top: 2 }} />;';
  expect(physicalStyles('a.tsx', source)).toEqual([
    expect.stringContaining("'left'"),
    expect.stringContaining("'margin-right'"),
  ]);
});

test('refuses serialize and backup, however they are named', () => {
  expect(leakingCalls('a.ts', 'db.serialize();')).toHaveLength(1);
  expect(leakingCalls('a.ts', "await database['backup'](file);")).toHaveLength(1);
  expect(leakingCalls('a.ts', 'const save = db.backup;')).toHaveLength(1);
  expect(leakingCalls('a.ts', 'const backup = 1; serialize();')).toEqual([]);
});

test('a folder without a note is named', () => {
  expect(missingReadmes(['', 'shared', 'gateway'], (file) => file !== 'gateway/README.md')).toEqual([
    expect.stringMatching(/^gateway\/README\.md: /),
  ]);
});

test('a link that leads nowhere is named, with its line; addresses and anchors are left alone', () => {
  const text = '[a](b/c.md)\n[d](../gone.md#part) [e](https://example.org/x) [f](#here)';
  expect(deadLinks('electron/README.md', text, (file) => file === 'electron/b/c.md')).toEqual([
    expect.stringMatching(/^electron\/README\.md:2: .*gone\.md/),
  ]);
});
