/** Fills the blanks of a phrase. */
import type { Random } from '../providers/simulator/random.ts';
import type { Phrasebook } from './dialogues/phrasebook.ts';

const NAMES = ['name', 'product', 'lamp', 'order', 'day', 'slot', 'street', 'city', 'price'] as const;
export type Variables = Record<(typeof NAMES)[number], string>;

export function variablesOf(book: Phrasebook, name: string, random: Random): Variables {
  const amount = random.int(39, 890) + (book.currency === 'JPY' ? 0 : 0.9);
  return {
    name,
    product: random.pick(book.products),
    lamp: random.pick(book.lamps),
    order: `LO-${random.int(20_100, 48_900)}`,
    day: random.pick(book.days),
    slot: random.pick(book.slots),
    street: random.pick(book.streets),
    city: random.pick(book.cities),
    price: priceOf(book, amount),
  };
}

export function fill(line: string, variables: Variables): string {
  return line.replace(/\{(\w+)\}/gu, (whole, name: string) =>
    name in variables ? variables[name as keyof Variables] : whole,
  );
}

function priceOf(book: Phrasebook, amount: number): string {
  const factor = { JPY: 160, AED: 4, ILS: 4, BRL: 6 }[book.currency] ?? 1;
  const options = { style: 'currency', currency: book.currency } as const;
  return new Intl.NumberFormat(book.language, options).format(amount * factor);
}
