import type { JoinWords } from './words';

export const de: JoinWords = {
  language: 'Deutsch',
  direction: 'ltr',
  chooseLanguage: 'Sprache',
  button: 'Einladung annehmen',
  unsubscribeButton: 'Keine E-Mails mehr senden',
  open: {
    heading: '{organisation} lädt Sie in den eigenen privaten Messenger ein',
    paragraphs: [
      'Dort können Sie vertraulich mit den Menschen schreiben, die Sie bei {organisation} kennen.',
      'Erst der Knopf nimmt die Einladung an. Wenn Sie {organisation} nicht kennen, schließen Sie diese Seite einfach.',
    ],
  },
  joined: {
    heading: 'Willkommen! Sie sind {organisation} beigetreten',
    paragraphs: ['Ihre Einladung ist angenommen. Sie können diese Seite schließen.'],
  },
  accepted: {
    heading: 'Sie sind {organisation} bereits beigetreten',
    paragraphs: ['Ihre Einladung wurde angenommen, mehr ist nicht zu tun. Sie können diese Seite schließen.'],
  },
  replaced: {
    heading: 'Es gibt eine neuere Einladung',
    paragraphs: [
      '{organisation} hat Ihnen inzwischen eine weitere Einladung geschickt, und nur der neueste Link gilt.',
      'Öffnen Sie den Link in Ihrer neuesten Nachricht.',
    ],
  },
  expired: {
    heading: 'Diese Einladung ist abgelaufen',
    paragraphs: ['Bitten Sie {organisation} um eine neue.'],
  },
  withdrawn: {
    heading: 'Diese Einladung gilt nicht mehr',
    paragraphs: ['Wenn Sie meinen, dass sie gelten sollte, fragen Sie die Organisation, die Sie eingeladen hat.'],
  },
  unknown: {
    heading: 'Diese Einladung ist unbekannt',
    paragraphs: [
      'Öffnen Sie den Link genau so, wie er in Ihrer Nachricht steht, bis zum letzten Zeichen.',
      'Wenn das nicht hilft, fragen Sie die Organisation, die Sie eingeladen hat.',
    ],
  },
  subscribed: {
    heading: 'Keine E-Mails mehr von {organisation}?',
    paragraphs: [
      'Wenn Sie auf die Schaltfläche drücken, sendet Ihnen {organisation} über diesen Dienst keine E-Mails mehr.',
      'Vorher geschieht nichts.',
    ],
  },
  unsubscribed: {
    heading: 'Sie erhalten keine E-Mails mehr von {organisation}',
    paragraphs: ['Sie können diese Seite schließen.'],
  },
  tooMany: {
    heading: 'Zu viele Versuche',
    paragraphs: ['Warten Sie eine Minute und öffnen Sie dann den Link in Ihrer Nachricht noch einmal.'],
  },
  unavailable: {
    heading: 'Gerade nicht erreichbar',
    paragraphs: ['Ihre Einladung geht nicht verloren. Öffnen Sie den Link in ein paar Minuten noch einmal.'],
  },
  failed: {
    heading: 'Das hat nicht geklappt',
    paragraphs: ['Öffnen Sie den Link in Ihrer Nachricht noch einmal.'],
  },
};
