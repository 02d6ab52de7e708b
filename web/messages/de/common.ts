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
    systemAdministrator: 'Systemadministration',
    userAdministrator: 'Benutzeradministration',
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
      'Sie wurden abgemeldet, weil eine Weile nichts geschah oder Ihr Schlüssel nicht mehr gilt. Melden Sie sich wieder an.',
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
  copied: 'Kopiert',
  offline: {
    title: 'Keine Verbindung',
    text: 'Der Server war nicht erreichbar. Was dort begonnen wurde, läuft weiter.',
  },
  failed: { title: 'Das hat nicht geklappt' },
  notFound: {
    title: 'Hier ist nichts',
    text: 'Vielleicht ist die Adresse vertippt, oder es gibt nicht mehr, was sie nannte.',
  },
  notAllowed: 'Ihre Rolle darf das ansehen, aber nicht ändern.',
  requestId: 'Anfrage {id}',
};
