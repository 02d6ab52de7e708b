import type { Messages } from '../en';

export const common: Messages['common'] = {
  product: 'Kundenimport',
  skip: 'Zum Inhalt springen',
  menu: {
    label: 'Hauptmenü',
    upload: 'Importieren',
    history: 'Verlauf',
    people: 'Personen',
    teams: 'Kundenteams',
    dashboard: 'Übersicht',
    settings: 'Einstellungen',
  },
  roles: {
    systemAdministrator: 'System\u00ADadministration',
    userAdministrator: 'Benutzer\u00ADadministration',
    support: 'Support',
  },
  signIn: {
    title: 'Anmelden',
    key: 'API-Schlüssel',
    hint: 'Ein Schlüssel Ihrer Organisation. Er wird einmal gesendet und nicht im Browser aufbewahrt.',
    local: 'Mit npm start ausprobiert? Öffnen Sie die zuletzt ausgegebene Adresse: Sie meldet Sie an.',
    submit: 'Anmelden',
    wrong:
      'Dieser Schlüssel ist nicht gültig. Prüfen Sie, ob er ganz kopiert wurde, oder bitten Sie die Systemadministration um einen neuen.',
    ticket: 'Dieser Anmeldelink wurde schon benutzt oder ist zu alt. Melden Sie sich mit einem Schlüssel an.',
    ended:
      'Sie wurden abgemeldet, weil eine Weile nichts geschah oder weil Ihr Schlüssel oder Ihre Anmeldung abgelaufen ist. Melden Sie sich wieder an, um dort weiterzumachen.',
    elsewhere: 'Sie haben sich in einem anderen Fenster abgemeldet.',
    company: 'Mit dem Firmenkonto anmelden',
    orKey: 'oder mit einem Schlüssel',
    faults: {
      refused: 'Die Anmeldung wurde abgebrochen, oder Ihr Firmenkonto darf diese Seite nicht benutzen.',
      'no-role':
        'Ihr Firmenkonto ist bekannt, hat hier aber keine Rolle. Bitten Sie die Stelle, die die Konten Ihrer Firma betreut, um eine.',
      'no-organisation':
        'Ihr Firmenkonto ist bekannt, gehört hier aber zu keiner Organisation. Fragen Sie die Stelle, die die Konten Ihrer Firma betreut.',
      expired:
        'Diese Anmeldung gilt nicht mehr: Sie begann in einem anderen Browser oder vor mehr als zehn Minuten. Melden Sie sich neu an.',
      unavailable:
        'Die Anmeldung Ihrer Firma ist nicht erreichbar. Versuchen Sie es in einer Minute wieder, oder melden Sie sich mit einem Schlüssel an.',
      busy: 'Aus Ihrem Netz melden sich gerade zu viele an. Versuchen Sie es in ein paar Sekunden wieder.',
      failed:
        'Die Anmeldung Ihrer Firma und diese Seite passen nicht zusammen. Geben Sie der Stelle Bescheid, die diese Seite betreut: Der Grund steht im Protokoll.',
    },
    signOut: 'Abmelden',
  },
  language: 'Sprache',
  loading: 'Wird geladen …',
  retry: 'Noch einmal versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  more: 'Mehr anzeigen',
  all: 'Alle',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  copyByHand: 'Es ist markiert. Kopieren Sie es mit der Tastatur oder dem Menü des Browsers.',
  offline: {
    title: 'Keine Verbindung',
    text: 'Der Server war nicht erreichbar. Was dort begonnen wurde, läuft weiter.',
    now: 'Dieser Computer hat kein Netz. Was Sie sehen, ist von vorher; was begonnen wurde, läuft weiter.',
  },
  failed: {
    title: 'Das hat nicht geklappt',
    text: 'Diese Ansicht hat selbst einen Fehler. Was Sie begonnen haben, läuft weiter.',
    reload: 'Seite neu laden',
  },
  notFound: {
    title: 'Hier ist nichts',
    text: 'Vielleicht ist die Adresse vertippt, oder es gibt nicht mehr, was sie nannte.',
  },
  notAllowed: 'Ihre Rolle darf das ansehen, aber nicht ändern.',
  requestId: 'Anfrage {id}',
};
