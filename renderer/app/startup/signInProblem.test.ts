import { expect, test } from 'vitest';
import { signInProblem } from './signInProblem.ts';

const good = { gateway: 'https://gateway.example', email: 'ana@example.com', password: 'x' };

test('a complete form is fine, spaces around the address are too', () => {
  expect(signInProblem(good)).toBeNull();
  expect(signInProblem({ ...good, gateway: ' http://127.0.0.1:4000 ' })).toBeNull();
});

test('the first thing missing is named', () => {
  expect(signInProblem({ ...good, gateway: 'gateway' })?.kind).toBe('badGateway');
  expect(signInProblem({ ...good, gateway: 'file:///etc/passwd' })?.field).toBe('gateway');
  expect(signInProblem({ ...good, email: ' ' })?.kind).toBe('missingEmail');
  expect(signInProblem({ ...good, password: '' })?.kind).toBe('missingPassword');
});
