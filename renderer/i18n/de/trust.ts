/** Ob Zusagen zu glauben ist, und was allen einmal gesagt wird. */
export const trust = {
  signature: {
    by: 'Signiert mit dem Schlüssel {{key}}, auf diesem Gerät bekannt seit {{day}}.',
    none: 'Dieses Gateway hat seine Zusagen nicht signiert.',
    unsigned: 'Version {{version}} der Zusagen ist nicht signiert.',
    invalid: 'Die Signatur von Version {{version}} der Zusagen ist falsch.',
    other_key: 'Version {{version}} der Zusagen ist mit einem anderen Schlüssel signiert als bisher.',
    strictest: 'Bis eine glaubwürdige Version kommt, gilt die strengste bekannte Regel weiter.',
    offered: 'Der andere Schlüssel ist {{key}}.',
    ownersOnly: 'Nur Inhaber können einem anderen Schlüssel glauben.',
    believe: 'Diesem Schlüssel glauben',
    askTitle: 'Einem anderen Schlüssel des Gateways glauben?',
    ask: 'Vergleichen Sie ihn mit dem Schlüssel, den Ihnen das Gateway auf anderem Weg gegeben hat. Wer ihn besitzt, bestimmt von jetzt an, wie lange hier höchstens etwas aufbewahrt wird.',
  },
  tls: {
    title: 'Verbindung abgelehnt',
    refused:
      'Nicht verbunden: Das Gateway spricht {{spoken}} und hat mindestens {{promised}} zugesagt. Was Sie schreiben, wartet hier.',
  },
  unofficial: {
    title: 'Inoffizieller Kanal',
    text: '{{name}} steht in keiner Verbindung zu WhatsApp oder Meta. Die Nutzung liegt in Ihrer Verantwortung.',
    understood: 'Verstanden',
  },
  channel: {
    about: 'Über {{name}}',
    connection: 'Verbindung',
    official: 'Offizielle Schnittstelle',
    unofficial: 'Inoffiziell',
    state: 'Zustand',
    states: {
      connected: 'Verbunden',
      restricted: 'Eingeschränkt',
      suspended: 'Gesperrt',
      disconnected: 'Getrennt',
    },
    quality: 'Qualitätsbewertung',
    qualities: { green: 'Grün', yellow: 'Gelb', red: 'Rot', unknown: 'Nicht bekannt' },
    limit: 'Nachrichtenlimit',
    detail: 'Grund',
    source: 'Entschieden von {{source}}. Hier nur zu lesen.',
  },
  age: 'Die Richtlinie von {{name}} ist für Personen ab {{age}}: Nehmen Sie niemanden auf, der jünger ist.',
} as const;
