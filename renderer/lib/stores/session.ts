import { create } from 'zustand';

interface SignInAgain {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

/** Whether the sign-in form is shown though there is an inbox: the session has ended, the cached history has not. */
export const useSignInAgain = create<SignInAgain>()((set) => ({
  isOpen: false,
  open: () => set({ isOpen: true }),
  close: () => set({ isOpen: false }),
}));
