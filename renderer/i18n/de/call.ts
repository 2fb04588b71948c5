import type { TwoForms } from '../catalogue.ts';

export const call: TwoForms['call'] = {
  forbidden_sender: 'Dieses Fenster darf das nicht.',
  unknown_call: 'Dieses Fenster und Parley passen nicht zusammen. Starten Sie Parley neu.',
  invalid_input: 'Parley hat das nicht verstanden. Bitte melden Sie es.',
  not_ready: 'Parley ist noch nicht bereit. Versuchen Sie es gleich noch einmal.',
  not_found: 'Das gibt es nicht mehr.',
  forbidden: 'Ihre Rolle erlaubt das nicht.',
  offline: 'Dafür wird die Verbindung zum Gateway benötigt.',
  refused: 'Das Gateway hat es abgelehnt.',
  sign_in_refused: 'Das Gateway hat die Anmeldung abgelehnt.',
  wrong_passphrase: 'Die Passphrase ist falsch.',
  weak_passphrase: 'Die Passphrase ist zu leicht zu erraten.',
  key_unavailable: 'Der Schlüssel ist nicht erreichbar.',
  disk_full: 'Der Datenträger ist voll.',
  cache_damaged: 'Die Datei mit Ihren Nachrichten ist beschädigt.',
  internal: 'In Parley ist etwas schiefgegangen.',
  gateway: {
    window_closed: 'Das Antwortfenster ist geschlossen. Nur eine Vorlage erreicht diesen Kunden.',
    opted_out: 'Der Kunde hat sich abgemeldet.',
    blocked: 'Der Kontakt ist blockiert.',
    forbidden: 'Ihre Rolle erlaubt das nicht.',
    rate_limited: 'Zu viel auf einmal. Warten Sie einen Moment.',
    conflict: 'Jemand anderes war schneller. Sehen Sie noch einmal nach.',
    channel_suspended: 'Die Nummer ist gesperrt.',
    unavailable: 'Das Gateway kann das gerade nicht.',
  },
};
