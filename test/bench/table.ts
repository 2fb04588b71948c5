/** The figures as a table for people. */
import type { Figure, Goal, Unit } from './measure.ts';

function amount(value: number, unit: Unit): string {
  const digits =
    unit === '/s' || unit === 'samples' ? 0 : value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return `${value.toFixed(digits)}${unit === '/s' || unit === '%' || unit === '×' ? '' : ' '}${unit}`;
}

function goalText(goal: Goal, unit: Unit): string {
  const shown = (limit: number): string =>
    goal.of === 'ratio' ? `${limit}×` : amount(limit, unit).replace(/\.0+(?= |$)/, '');
  return 'atMost' in goal ? `≤ ${shown(goal.atMost)}` : `≥ ${shown(goal.atLeast)}`;
}

function cells(it: Figure): string[] {
  return [
    it.what,
    amount(it.value, it.unit),
    it.floor === undefined ? '' : `${amount(it.floor.value, it.unit)} (${it.floor.what})`,
    it.ratio === undefined ? '' : `${it.ratio.toFixed(2)}×`,
    it.goal === undefined ? '' : goalText(it.goal, it.unit),
    it.met === undefined ? '' : it.met ? 'met' : 'NOT MET',
  ];
}

/** Length in columns; good enough for the letters that we print. */
function wide(text: string): number {
  return Array.from(text).length;
}

/** A Markdown table, aligned so that it also reads well in a terminal. */
export function table(figures: readonly Figure[]): string {
  const rows = [['what', 'figure', 'floor', 'ratio', 'goal', ''], ...figures.map(cells)];
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => wide(row[column] ?? ''))));
  const line = (row: string[]): string =>
    `| ${row.map((cell, n) => cell + ' '.repeat((widths[n] ?? 0) - wide(cell))).join(' | ')} |`;
  const notes = figures.filter((it) => it.note !== undefined).map((it) => `${it.what}: ${it.note}`);
  const ruled = [line(rows[0]!), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`];
  return [...ruled, ...rows.slice(1).map(line), ...(notes.length > 0 ? ['', ...new Set(notes)] : [])].join(
    '\n',
  );
}
