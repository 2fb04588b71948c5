import type { Handlers } from '../context.ts';
import { utf8 } from '../exports/tickets.ts';
import { prepareExport } from '../exports/prepare.ts';
import { reportCsv } from '../imports/report.ts';

export const importsHandlers = {
  'imports.list': async (_input, { imports }) => imports.list(),
  'import.get': async ({ importId }, { imports }) => imports.get(importId),
  'import.check': async ({ importId, options }, { imports }) => {
    await imports.check(importId, options);
    return {};
  },
  'import.lines': async (input, { ready }) => ready().cache.read.importLines(input),
  'import.start': async ({ importId }, { imports }) => {
    await imports.start(importId);
    return {};
  },
  'import.cancel': async ({ importId }, { imports }) => {
    await imports.cancel(importId);
    return {};
  },
  'import.undo': async ({ importId }, { imports }) => {
    await imports.undo(importId);
    return {};
  },
  'import.discard': async ({ importId }, { imports }) => {
    await imports.discard(importId);
    return {};
  },
  'import.report': async ({ importId }, { imports, ready, tickets, now }) => {
    const { fileName } = await imports.get(importId);
    const { read } = ready().cache;
    const name = `${fileName.replace(/\.[^.]*$/u, '')}-report.csv`;
    const bytes = () => utf8(reportCsv(read, importId));
    return { ticket: tickets.issue({ fileName: name, mimeType: 'text/csv', bytes }, now()) };
  },
  'export.prepare': async (input, context) => prepareExport(context, input),
} satisfies Partial<Handlers>;
