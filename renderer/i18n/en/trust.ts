/** Words of whether promises can be believed, and of what everybody is told once. */
export const trust = {
  signature: {
    by: 'Signed with the key {{key}}, known to this device since {{day}}.',
    none: 'This gateway has not signed its promises.',
    unsigned: 'Version {{version}} of the promises is not signed.',
    invalid: 'The signature of version {{version}} of the promises is wrong.',
    other_key: 'Version {{version}} of the promises is signed with another key than before.',
    strictest: 'Until a version comes that can be believed, the strictest rule that is known goes on.',
    offered: 'The other key is {{key}}.',
    ownersOnly: 'Only owners can believe another key.',
    believe: 'Believe this key',
    askTitle: 'Believe another key of the gateway?',
    ask: 'Compare it with the key that the gateway gave you in another way. Whoever holds it decides from now on how long things are kept here at most.',
  },
  tls: {
    title: 'Connection refused',
    refused:
      'Not connected: the gateway speaks {{spoken}} and promised at least {{promised}}. What you write waits here.',
  },
  unofficial: {
    title: 'Unofficial channel',
    text: '{{name}} is not affiliated with WhatsApp or Meta. Using it is your responsibility.',
    understood: 'I understand',
  },
  channel: {
    about: 'About {{name}}',
    connection: 'Connection',
    official: 'Official interface',
    unofficial: 'Unofficial',
    state: 'State',
    states: {
      connected: 'Connected',
      restricted: 'Restricted',
      suspended: 'Suspended',
      disconnected: 'Disconnected',
    },
    quality: 'Quality rating',
    qualities: { green: 'Green', yellow: 'Yellow', red: 'Red', unknown: 'Not known' },
    limit: 'Messaging limit',
    detail: 'Reason',
    source: 'Decided by {{source}}. It can only be read here.',
  },
  age: 'The policy of {{name}} is for people of {{age}} and over: put in nobody who is younger.',
} as const;
