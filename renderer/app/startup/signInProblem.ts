export interface SignInForm {
  readonly gateway: string;
  readonly email: string;
  readonly password: string;
}

export interface SignInProblem {
  readonly field: keyof SignInForm;
  readonly kind: 'badGateway' | 'missingEmail' | 'missingPassword';
}

/** The first thing that is wrong with a form before it is sent, or null. */
export function signInProblem(form: SignInForm): SignInProblem | null {
  const address = URL.canParse(form.gateway.trim()) ? new URL(form.gateway.trim()) : null;
  if (address === null || !/^https?:$/u.test(address.protocol))
    return { field: 'gateway', kind: 'badGateway' };
  if (form.email.trim().length < 3) return { field: 'email', kind: 'missingEmail' };
  if (form.password === '') return { field: 'password', kind: 'missingPassword' };
  return null;
}
