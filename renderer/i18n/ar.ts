import type { Words } from './catalogue.ts';

export const ar: Words = {};
