import { config } from 'zod';

// Schemas of the contract come along with the rules that the page uses. Building them must not try `new Function`: the content policy forbids
// it and would report it. Imported first, before any schema is made.
config({ jitless: true });
