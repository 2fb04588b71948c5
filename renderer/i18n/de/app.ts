import type { TwoForms } from '../catalogue.ts';

export const app: TwoForms['app'] = {
  name: 'Parley',
  loading: 'Wird geladen',
  cancel: 'Abbrechen',
  typeName: 'Geben Sie zum Fortfahren den Namen des Arbeitsbereichs ein: {{name}}',
  retry: 'Erneut versuchen',
  close: 'Schließen',
  theme: {
    title: 'Darstellung',
    system: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel',
  },
  user: {
    menu: 'Konto von {{name}}',
    signOut: 'Abmelden',
    role: { owner: 'Inhaber', supervisor: 'Supervisor', agent: 'Agent' },
  },
  connection: {
    label: 'Verbindung',
    online: 'Online',
    connecting: 'Verbinden…',
    stage: {
      conversations: 'Unterhaltungen werden geladen',
      contacts: 'Kontakte werden geladen',
      history: 'Älterer Verlauf wird geladen',
      events: 'Wird aktualisiert',
    },
    progress: '{{done}} von {{total}}',
    offline: 'Offline',
    offlineHint: 'Sie können lesen und schreiben; alles wird gesendet, sobald die Verbindung wieder steht.',
    unsent_one: '{{count}} Nachricht wartet auf das Senden',
    unsent_other: '{{count}} Nachrichten warten auf das Senden',
    retryIn: 'Nächster Versuch in {{seconds}} s',
    retryNow: 'Jetzt versuchen',
    needsSignIn: 'Ihre Sitzung ist abgelaufen',
    signIn: 'Anmelden',
    mismatch: 'Das Gateway spricht eine andere Version',
  },
  keyFileBanner:
    'Der Schlüssel zu Ihren Nachrichten liegt ungeschützt in einer Datei auf diesem Computer. Wer Ihre Dateien lesen kann, kann auch Ihre Nachrichten lesen.',
  weakBackendBanner:
    'Der Schlüssel zu Ihren Nachrichten liegt in einem ungeschützten Schlüsselspeicher. Wer Ihre Dateien lesen kann, kann auch Ihre Nachrichten lesen.',
  notices: 'Hinweise',
  error: {
    title: 'In diesem Fenster funktioniert etwas nicht mehr',
    text: 'Ihre Nachrichten und Entwürfe sind sicher. Meist hilft es, das Fenster neu zu laden.',
    reload: 'Fenster neu laden',
  },
};
