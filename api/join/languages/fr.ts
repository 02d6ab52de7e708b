import type { JoinWords } from './words';

export const fr: JoinWords = {
  language: 'Français',
  direction: 'ltr',
  chooseLanguage: 'Langue',
  button: 'Accepter l’invitation',
  unsubscribeButton: 'Ne plus m’envoyer d’e-mails',
  open: {
    heading: '{organisation} vous invite dans sa messagerie privée',
    paragraphs: [
      'Vous pourrez y écrire en toute confidentialité aux personnes que vous connaissez chez {organisation}.',
      'Rien ne se passe tant que vous n’appuyez pas sur le bouton. Si vous ne connaissez pas {organisation}, fermez simplement cette page.',
    ],
  },
  joined: {
    heading: 'Bienvenue ! Vous avez rejoint {organisation}',
    paragraphs: ['Votre invitation est acceptée. Vous pouvez fermer cette page.'],
  },
  accepted: {
    heading: 'Vous avez déjà rejoint {organisation}',
    paragraphs: ['Votre invitation a été acceptée, il n’y a plus rien à faire. Vous pouvez fermer cette page.'],
  },
  replaced: {
    heading: 'Il existe une invitation plus récente',
    paragraphs: [
      '{organisation} vous a envoyé une autre invitation depuis, et seul le lien le plus récent fonctionne.',
      'Ouvrez le lien de votre message le plus récent.',
    ],
  },
  expired: {
    heading: 'Cette invitation a expiré',
    paragraphs: ['Demandez-en une nouvelle à {organisation}.'],
  },
  withdrawn: {
    heading: 'Cette invitation n’est plus valable',
    paragraphs: ['Si vous pensez qu’elle devrait l’être, adressez-vous à l’organisation qui vous a invité.'],
  },
  unknown: {
    heading: 'Cette invitation est inconnue',
    paragraphs: [
      'Ouvrez le lien exactement tel qu’il figure dans votre message, jusqu’au dernier caractère.',
      'S’il ne fonctionne toujours pas, adressez-vous à l’organisation qui vous a invité.',
    ],
  },
  subscribed: {
    heading: 'Ne plus recevoir d’e-mails de {organisation} ?',
    paragraphs: [
      'Si vous appuyez sur le bouton, {organisation} ne vous enverra plus d’e-mails par ce service.',
      'Rien ne se passe avant.',
    ],
  },
  unsubscribed: {
    heading: 'Vous ne recevrez plus d’e-mails de {organisation}',
    paragraphs: ['Vous pouvez fermer cette page.'],
  },
  tooMany: {
    heading: 'Trop de tentatives',
    paragraphs: ['Patientez une minute, puis ouvrez de nouveau le lien de votre message.'],
  },
  unavailable: {
    heading: 'Indisponible pour le moment',
    paragraphs: ['Votre invitation n’est pas perdue. Ouvrez de nouveau le lien dans quelques minutes.'],
  },
  failed: {
    heading: 'Cela n’a pas fonctionné',
    paragraphs: ['Ouvrez de nouveau le lien de votre message.'],
  },
};
