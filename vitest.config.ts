// So that a bare `npx vitest run <path>` finds the configuration, which lives with the others in build/.
export { default } from './build/vitest.config.ts';
