import type { Words } from './catalogue.ts';

export const ptBR: Words = {};
