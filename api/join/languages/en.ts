import type { JoinWords } from './words';

export const en: JoinWords = {
  language: 'English',
  direction: 'ltr',
  chooseLanguage: 'Language',
  button: 'Accept the invitation',
  unsubscribeButton: 'Send me no more e-mails',
  open: {
    heading: '{organisation} invites you to its private messenger',
    paragraphs: [
      'There you can write to the people you know at {organisation} in confidence.',
      'Nothing happens until you press the button. If you do not know {organisation}, simply close this page.',
    ],
  },
  joined: {
    heading: 'Welcome! You have joined {organisation}',
    paragraphs: ['Your invitation is accepted. You can close this page.'],
  },
  accepted: {
    heading: 'You have already joined {organisation}',
    paragraphs: ['Your invitation was accepted, and there is nothing more to do. You can close this page.'],
  },
  replaced: {
    heading: 'There is a newer invitation',
    paragraphs: [
      '{organisation} has sent you another invitation since, and only the newest link works.',
      'Open the link in your newest message.',
    ],
  },
  expired: {
    heading: 'This invitation has expired',
    paragraphs: ['Ask {organisation} for a new one.'],
  },
  withdrawn: {
    heading: 'This invitation is no longer valid',
    paragraphs: ['If you think that it should be valid, ask the organisation that invited you.'],
  },
  unknown: {
    heading: 'This invitation is unknown',
    paragraphs: [
      'Open the link exactly as it is in your message, to its last character.',
      'If it still does not work, ask the organisation that invited you.',
    ],
  },
  subscribed: {
    heading: 'No more e-mails from {organisation}?',
    paragraphs: [
      'Press the button, and {organisation} sends you no more e-mails through this service.',
      'Nothing happens until you press the button.',
    ],
  },
  unsubscribed: { heading: 'You get no more e-mails from {organisation}', paragraphs: ['You can close this page.'] },
  tooMany: {
    heading: 'Too many attempts',
    paragraphs: ['Wait a minute, then open the link in your message again.'],
  },
  unavailable: {
    heading: 'Not available right now',
    paragraphs: ['Your invitation is safe. Open the link again in a few minutes.'],
  },
  failed: {
    heading: 'That did not work',
    paragraphs: ['Open the link in your message again.'],
  },
};
