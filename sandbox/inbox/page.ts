import { MAGIC_FAULTS, WRONG_CREDENTIAL } from '../faults/magic-recipients';
import { MAGIC_OUTCOMES } from '../outcomes/magic-recipients';
import { escape } from './html';
import { renderMessage } from './message';
import type { MessageView } from './message';
import { STYLE } from './style';

export const CHANNELS = ['all', 'email', 'sms'] as const;
export type ShownChannel = (typeof CHANNELS)[number];

export interface InboxView {
  /** The messages of this page, in the order shown. */
  messages: readonly MessageView[];
  /** How many messages match the search on each channel, and how many are in the ledger. */
  matching: Readonly<Record<ShownChannel, number>>;
  total: number;
  channel: ShownChannel;
  search: string;
  page: number;
  pages: number;
  /** Address of the product, if it is known. */
  productUrl?: string | undefined;
}

export function renderInbox(view: InboxView): string {
  const { messages, search, channel, productUrl } = view;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sandbox inbox</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<script src="/inbox/refresh.js" defer></script>
</head>
<body>
<header class="page">
<h1>Sandbox inbox</h1>
<p>Every message that a person would have received, with what became of it. The sandbox stands in for Twilio and SendGrid: no
message leaves this machine. Follow the link in a message to accept its invitation as that person.</p>
<form action="/inbox" role="search">
<label for="q">E-mail address or mobile number</label>
<input id="q" name="q" type="search" value="${escape(search)}" autocomplete="off">
${channel === 'all' ? '' : `<input type="hidden" name="channel" value="${channel}">\n`}<button>Search</button>
</form>
</header>
<main>
<h2 id="headline" data-live>${headline(view)}</h2>
<nav id="channels" aria-label="Channel" data-live>${CHANNELS.map((one) => renderChannel(one, view)).join(' ')}</nav>
<p id="connection" role="status"></p>
<p id="empty" class="empty" data-live>${messages.length > 0 ? '' : emptyText(view)}</p>
<ol id="messages">${messages.map((message) => renderMessage(message, productUrl)).join('\n')}</ol>
${renderPaging(view)}
</main>
<aside aria-labelledby="errors">
<h2 id="errors">Trying out errors</h2>
<p>Messages to these recipients fail, or are accepted and then have an outcome that callbacks report. Plan others with
<code>POST /__faults</code> and <code>POST /__outcomes</code>. Both providers reject an auth token that begins with
<code>${WRONG_CREDENTIAL}</code> and a key that begins with <code>SG.${WRONG_CREDENTIAL}</code>.</p>
${MAGIC_TABLE}
</aside>
</body>
</html>
`;
}

function headline({ matching, total, search, channel }: InboxView): string {
  const messages = (count: number) => `${count} ${count === 1 ? 'message' : 'messages'}`;
  if (search !== '') return `${matching[channel]} of ${messages(total)} to “${escape(search)}”`;
  return channel === 'all' ? messages(total) : `${matching[channel]} of ${messages(total)}`;
}

const emptyText = ({ total }: InboxView): string =>
  total === 0
    ? 'No messages yet. They appear here as soon as they are accepted: import a file to see some.'
    : 'No message fits. Search for a part of an address or number, or choose another channel.';

const CHANNEL_NAMES: Readonly<Record<ShownChannel, string>> = { all: 'All', email: 'E-mail', sms: 'SMS' };

function renderChannel(one: ShownChannel, { channel, search, matching }: InboxView): string {
  const current = one === channel ? ' aria-current="true"' : '';
  return `<a href="${address({ search, channel: one, page: 1 })}"${current}>${CHANNEL_NAMES[one]} <span>${matching[one]}</span></a>`;
}

/** The address of a view, without what is as it is by default. */
function address({ search, channel, page }: Pick<InboxView, 'search' | 'channel' | 'page'>): string {
  const query = new URLSearchParams({
    ...(search !== '' && { q: search }),
    ...(channel !== 'all' && { channel }),
    ...(page !== 1 && { page: `${page}` }),
  });
  return escape(query.size === 0 ? '/inbox' : `/inbox?${query.toString()}`);
}

function renderPaging(view: InboxView): string {
  const { page, pages } = view;
  const link = (target: number, rel: string, text: string) =>
    `<a href="${address({ ...view, page: target })}" rel="${rel}">${text}</a>`;
  const newer = page > 1 ? link(page - 1, 'prev', 'Newer') : '';
  const older = page < pages ? link(page + 1, 'next', 'Older') : '';
  const content = pages === 1 ? '' : `${newer} <span>Page ${page} of ${pages}</span> ${older}`;
  return `<nav id="pages" aria-label="Pages" data-live${content === '' ? ' hidden' : ''}>${content}</nav>`;
}

const MAGIC_TABLE = `<div class="scrolls" tabindex="0" role="region" aria-labelledby="errors"><table>
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
</table></div>`;
