import { STYLE } from './style';
import type { LedgerMessage } from '../ledger/ledger';
import { MAGIC_OUTCOMES } from '../outcomes/magic-recipients';
import { MAGIC_FAULTS, WRONG_CREDENTIAL } from '../faults/magic-recipients';

export interface InboxView {
  /** The messages of this page, in the order shown. */
  messages: readonly LedgerMessage[];
  /** How many messages match the search, of how many in the ledger. */
  matching: number;
  total: number;
  search: string;
  page: number;
  pages: number;
}

export function renderInbox(view: InboxView): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox inbox</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Sandbox inbox</h1>
<p>Every message that a person would have received. The sandbox stands in for Twilio and SendGrid: no message leaves this
machine.</p>
<form action="/inbox" role="search">
<label for="q">E-mail address or mobile number</label>
<input id="q" name="q" type="search" value="${escape(view.search)}" autocomplete="off">
<button>Search</button>
</form>
</header>
<main>
<h2>${headline(view)}</h2>
${view.messages.length > 0 ? `<ol>\n${view.messages.map(renderMessage).join('\n')}\n</ol>` : EMPTY}
${renderPaging(view)}
</main>
<aside>
<h2>Trying out errors</h2>
<p>Messages to these recipients fail, or are accepted and then have an outcome that callbacks report. Plan others with
<code>POST /__faults</code> and <code>POST /__outcomes</code>. Both providers reject an auth token that begins with
<code>${WRONG_CREDENTIAL}</code> and a key that begins with <code>SG.${WRONG_CREDENTIAL}</code>.</p>
${MAGIC_TABLE}
</aside>
</body>
</html>
`;
}

function headline({ matching, total, search }: InboxView): string {
  const messages = (count: number) => `${count} ${count === 1 ? 'message' : 'messages'}`;
  return search === '' ? messages(total) : `${matching} of ${messages(total)} to “${escape(search)}”`;
}

const EMPTY = '<p class="empty">No messages yet. Messages appear as soon as they are accepted; reload to see them.</p>';

function renderMessage({ to, provider, at, subject, body, html, id }: LedgerMessage): string {
  const channel = provider === 'twilio' ? 'SMS' : 'E-mail';
  const time = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
  return `<li><article>
<h3>${escape(to)}</h3>
<p class="meta"><span class="channel ${provider}">${channel}</span> <time datetime="${at}">${time}</time> <span>${escape(id)}</span></p>
${subject === undefined ? '' : `<p class="subject">${escape(subject)}</p>`}
${body === '' ? '' : `<p class="text">${withLinks(body)}</p>`}
${html === undefined ? '' : `<details${body === '' ? ' open' : ''}><summary>Source of the HTML part</summary><pre>${escape(html)}</pre></details>`}
</article></li>`;
}

function renderPaging({ search, page, pages }: InboxView): string {
  if (pages === 1) return '';
  const link = (target: number, rel: string, text: string) => {
    const query = new URLSearchParams({ ...(search === '' ? {} : { q: search }), page: `${target}` });
    return `<a href="/inbox?${escape(query.toString())}" rel="${rel}">${text}</a>`;
  };
  const newer = page > 1 ? link(page - 1, 'prev', 'Newer') : '';
  const older = page < pages ? link(page + 1, 'next', 'Older') : '';
  return `<nav aria-label="Pages">${newer} <span>Page ${page} of ${pages}</span> ${older}</nav>`;
}

const MAGIC_TABLE = `<table>
<thead><tr><th scope="col">Recipient</th><th scope="col">Channel</th><th scope="col">What happens</th></tr></thead>
<tbody>
${[...MAGIC_FAULTS, ...MAGIC_OUTCOMES]
  .map(({ to, provider, code, effect }) => {
    const recipient = provider === 'twilio' ? to : to.replace('*', '…@any.domain');
    const outcome = code === undefined ? effect : `${effect} (${code})`;
    return `<tr><th scope="row">${recipient}</th><td>${provider === 'twilio' ? 'SMS' : 'E-mail'}</td><td>${outcome}</td></tr>`;
  })
  .join('\n')}
</tbody>
</table>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Web URLs, without the punctuation of the sentence that they end. Nothing else becomes a link. */
const WEB_URL = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/;

/** Splitting by a capturing group leaves the URLs at odd places. */
const withLinks = (text: string): string =>
  text
    .split(WEB_URL)
    .map(escape)
    .map((part, i) => (i % 2 === 0 ? part : `<a href="${part}" rel="noopener noreferrer">${part}</a>`))
    .join('');
