import express from 'express';
import type { Request, Router } from 'express';
import type { Ledger, LedgerMessage } from '../ledger/ledger';
import type { OutcomePlan } from '../outcomes/plan';
import { MAIL_HEADERS, mailDocument } from './mail-document';
import { CHANNELS, renderInbox } from './page';
import type { InboxView, ShownChannel } from './page';
import { REFRESH_SCRIPT } from './refresh-script';

const PAGE_SIZE = 50;
/** No script but our own file: markup in a received message is shown in a sandboxed frame, and never runs. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export interface InboxDeps {
  ledger: Ledger;
  outcomes: Pick<OutcomePlan, 'decided'>;
  productUrl: string | undefined;
}

/** The page on which a newcomer sees the messages that each person would have received. */
export function createInboxRouter(deps: InboxDeps): Router {
  const router = express.Router();
  router.get(['/', '/inbox'], (req, res) => {
    res.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
    res.send(renderInbox(viewOf(req, deps)));
  });
  router.get('/inbox/refresh.js', (_req, res) => void res.type('text/javascript').send(REFRESH_SCRIPT));
  router.get('/inbox/messages/:id/html', (req, res, next) => {
    const html = deps.ledger.byId(req.params.id)?.html;
    if (html === undefined) return next();
    res.set(MAIL_HEADERS).send(mailDocument(html));
  });
  return router;
}

function viewOf({ query }: Request, { ledger, outcomes, productUrl }: InboxDeps): InboxView {
  const search = typeof query['q'] === 'string' ? query['q'].trim() : '';
  const channel = CHANNELS.find((one) => one === query['channel']) ?? 'all';
  const found = ledger.find({}).filter(({ to }) => to.toLowerCase().includes(search.toLowerCase()));
  const shown = found.filter((message) => isOn(message, channel));
  const pages = Math.max(1, Math.ceil(shown.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, Math.trunc(Number(query['page'])) || 1), pages);
  const messages = shown.toReversed().slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const sms = found.filter((message) => isOn(message, 'sms')).length;
  return {
    messages: messages.map((message) => ({ message, outcome: outcomes.decided(message) })),
    matching: { all: found.length, email: found.length - sms, sms },
    total: ledger.count(),
    ...{ channel, search, page, pages, productUrl },
  };
}

const isOn = ({ provider }: LedgerMessage, channel: ShownChannel): boolean =>
  channel === 'all' || provider === (channel === 'sms' ? 'twilio' : 'sendgrid');
