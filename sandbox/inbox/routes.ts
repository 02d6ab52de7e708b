import express from 'express';
import type { Router } from 'express';
import type { Ledger } from '../ledger/ledger';
import { renderInbox } from './page';

const PAGE_SIZE = 50;
/** No script at all: markup in a received message is shown, never run. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'";

/** The page on which a newcomer sees the messages that each person would have received. */
export function createInboxRouter(ledger: Ledger): Router {
  const router = express.Router();
  router.get(['/', '/inbox'], (req, res) => {
    const search = typeof req.query['q'] === 'string' ? req.query['q'].trim() : '';
    const part = search.toLowerCase();
    const matching = ledger.find({}).filter(({ to }) => to.toLowerCase().includes(part));
    const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE));
    const page = Math.min(Math.max(1, Math.trunc(Number(req.query['page'])) || 1), pages);
    const messages = matching.toReversed().slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    res.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    res.send(renderInbox({ messages, matching: matching.length, total: ledger.count(), search, page, pages }));
  });
  return router;
}
