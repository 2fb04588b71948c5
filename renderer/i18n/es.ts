import type { Words } from './catalogue.ts';

export const es: Words = {};
