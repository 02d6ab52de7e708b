/** What one state of a link is called, and what the person is told. `{organisation}` stands for the name of who invites. */
export interface Words {
  heading: string;
  paragraphs: readonly string[];
}

/** All texts of the page behind an invitation link, in one language. */
export interface JoinWords {
  /** The language in its own words. */
  language: string;
  direction: 'ltr' | 'rtl';
  /** The name of the choice of languages, for screen readers. */
  chooseLanguage: string;
  button: string;
  /** Of the page that asks whether to send no more e-mails. */
  unsubscribeButton: string;
  open: Words;
  /** Just accepted, by the button. */
  joined: Words;
  /** Accepted before. */
  accepted: Words;
  replaced: Words;
  expired: Words;
  withdrawn: Words;
  unknown: Words;
  /** The person still gets e-mails, and may end that. */
  subscribed: Words;
  unsubscribed: Words;
  tooMany: Words;
  unavailable: Words;
  /** Any other error. */
  failed: Words;
}

/** The texts of which the heading of the page is one. */
export type State = Exclude<
  keyof JoinWords,
  'language' | 'direction' | 'chooseLanguage' | 'button' | 'unsubscribeButton'
>;
