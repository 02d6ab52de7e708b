import type { LedgerMessage } from '../ledger/ledger';
import { fateOf } from './fate';
import { escape, withLinks } from './html';
import { FRAME_ATTRIBUTES } from './mail-document';
import type { MessageOutcome } from '../outcomes/plan';

export interface MessageView {
  message: LedgerMessage;
  outcome: MessageOutcome;
}

/** One message as an item of the list. `refresh-script.ts` finds it by its id, and its fate by its class. */
export function renderMessage({ message, outcome }: MessageView, productUrl: string | undefined): string {
  const { seq, to, provider, at, subject, body, html, id } = message;
  const channel = provider === 'twilio' ? 'SMS' : 'E-mail';
  const time = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
  const { kind, words } = fateOf(outcome);
  return `<li id="message-${seq}"><article>
<header><h3>${escape(to)}</h3> <span class="fate ${kind}">${escape(words)}</span></header>
<p class="meta"><span class="channel ${provider}">${channel}</span> <time datetime="${at}">${time}</time>${origin(message, productUrl)}</p>
${subject === undefined ? '' : `<p class="subject">${escape(subject)}</p>`}
${body === '' ? '' : `<p class="text">${withLinks(body)}</p>`}
${html === undefined ? '' : parts(id, to, html, body === '')}
</article></li>`;
}

/** The frame loads when it is first seen. */
const parts = (id: string, to: string, html: string, isOpen: boolean): string =>
  `<details${isOpen ? ' open' : ''}><summary>As the mail looks</summary>` +
  `<iframe src="/inbox/messages/${encodeURIComponent(id)}/html" title="Mail to ${escape(to)}" loading="lazy" ${FRAME_ATTRIBUTES}></iframe></details>\n` +
  `<details><summary>Source of the HTML part</summary><pre tabindex="0">${escape(html)}</pre></details>`;

/** Id of an invitation: `<import>:<line>:<channel>:<generation>`. */
const INVITATION = /^([\w-]{8,}):(\d+):[a-z]+:(\d+)$/;

/** The import and line that the message comes from, if it says so. */
function origin({ customArgs, invitation }: LedgerMessage, productUrl: string | undefined): string {
  const [, importId, line, generation] = INVITATION.exec(invitation ?? customArgs?.['invitation'] ?? '') ?? [];
  if (importId === undefined) return '';
  const text = `Import ${importId.slice(0, 8)}, line ${line}${generation === '1' ? '' : `, message ${generation}`}`;
  if (productUrl === undefined) return ` <span>${text}</span>`;
  const url = `${productUrl.replace(/\/+$/, '')}/#/imports/${importId}?line=${line}`;
  return ` <a href="${escape(url)}" target="_blank" rel="noopener">${text}</a>`;
}
