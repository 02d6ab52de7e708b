import { createHash } from 'node:crypto';
import { encode } from 'html-entities';
import { plainName } from '../../domain/invitations/plain-name';
import { LANGUAGES, WORDS } from './languages/index';
import type { Language } from './languages/index';
import type { State } from './languages/words';
import { STYLE } from './style';

export interface JoinView {
  state: State;
  language: Language;
  /** Whether the visitor has chosen the language on the page. */
  isChosen: boolean;
  /** As it is stored. Absent where the words do not name it. */
  organisationName?: string | undefined;
}

/** Of the style sheet of the page, by which its policy allows that sheet alone. */
export const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The page behind the link of an invitation. Nothing in it but the name of the organisation comes from outside. */
export function renderJoinPage(view: JoinView): string {
  const { state, language, isChosen } = view;
  const words = WORDS[language];
  const { heading, paragraphs } = words[state];
  // The message had the same name.
  const name = plainName(view.organisationName ?? '', 'Your team');
  const [first, ...others] = paragraphs.map((text) => `<p>${withName(text, name)}</p>`);
  const button = state === 'open' ? words.button : state === 'subscribed' ? words.unsubscribeButton : undefined;
  return `<!doctype html>
<html lang="${language}" dir="${words.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${encode(heading).replaceAll(PLACE, () => `${ISOLATE}${encode(name)}${END_ISOLATE}`)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${MARKS[state] ?? STILL}
<h1>${withName(heading, name)}</h1>
${first ?? ''}
${button !== undefined ? `<form method="post" action="${isChosen ? `?lang=${language}` : '?'}"><button>${encode(button)}</button></form>\n` : ''}${others.join('\n')}
</main>
<nav aria-label="${encode(words.chooseLanguage)}"><ul>
${LANGUAGES.map((other) => choice(other, view)).join('\n')}
</ul></nav>
</body>
</html>
`;
}

function choice(other: Language, { language, state }: JoinView): string {
  const query = `?${state === 'joined' ? 'accepted=now&amp;' : ''}lang=${other}`;
  const current = other === language ? ' aria-current="true"' : '';
  const { language: name, direction } = WORDS[other];
  return `<li><a href="${query}" lang="${other}" hreflang="${other}" dir="${direction}"${current}>${encode(name)}</a></li>`;
}

const PLACE = '{organisation}';
/** A name keeps its own direction of writing; a title has no elements for that, but characters. */
const [ISOLATE, END_ISOLATE] = ['\u2068', '\u2069'];

const withName = (text: string, name: string): string =>
  encode(text).replaceAll(PLACE, () => `<bdi>${encode(name)}</bdi>`);

const mark = (kind: string, paths: string): string =>
  `<div class="mark${kind}" aria-hidden="true"><svg viewBox="0 0 24 24">${paths}</svg></div>`;
const GOOD = mark(' good', '<path d="M5 12.5l4.5 4.5L19 7.5"/>');
const STILL = mark(' still', '<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.5v.01"/>');
const MARKS: Partial<Record<State, string>> = {
  open: mark('', '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3.5 7l8.5 6 8.5-6"/>'),
  joined: GOOD,
  accepted: GOOD,
  unsubscribed: GOOD,
};
