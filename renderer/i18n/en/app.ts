/** Words of the frame around everything. */
export const app = {
  name: 'Parley',
  loading: 'Loading',
  cancel: 'Cancel',
  typeName: 'Type the workspace’s name to go on: {{name}}',
  retry: 'Try again',
  close: 'Close',
  theme: {
    title: 'Appearance',
    system: 'Like the system',
    light: 'Light',
    dark: 'Dark',
  },
  user: {
    menu: 'Account of {{name}}',
    signOut: 'Sign out',
    role: { owner: 'Owner', supervisor: 'Supervisor', agent: 'Agent' },
  },
  connection: {
    label: 'Connection',
    online: 'Online',
    connecting: 'Connecting…',
    stage: {
      conversations: 'Loading your conversations',
      contacts: 'Loading contacts',
      history: 'Loading older history',
      events: 'Catching up',
    },
    progress: '{{done}} of {{total}}',
    offline: 'Offline',
    offlineHint: 'You can read and write; everything is sent once the connection is back.',
    unsent_one: '{{count}} message waiting to be sent',
    unsent_other: '{{count}} messages waiting to be sent',
    retryIn: 'Next try in {{seconds}} s',
    retryNow: 'Try now',
    needsSignIn: 'Your session has ended',
    signIn: 'Sign in',
    mismatch: 'The gateway speaks another version',
  },
  keyFileBanner:
    'The key to your messages lies in a plain file on this computer. Anyone who can read your files can read them.',
  weakBackendBanner:
    'The key to your messages is kept by a store without protection. Anyone who can read your files can read them.',
  notices: 'Notices',
  error: {
    title: 'Something in this window stopped working',
    text: 'Your messages and drafts are safe. Loading the window again usually helps.',
    reload: 'Load the window again',
  },
} as const;
