import type { Words } from './catalogue.ts';

export const de: Words = {};
