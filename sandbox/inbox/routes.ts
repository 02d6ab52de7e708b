import express from 'express';
import type { Router } from 'express';
import { renderInbox } from './page';
import type { Ledger } from '../ledger/ledger';

const PAGE_SIZE = 50;
/** No script at all: what was received is shown, never run. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'";

/** The page on which a newcomer sees what each person would have received. */
export function createInboxRouter(ledger: Ledger): Router {
  const router = express.Router();
  router.get(['/', '/inbox'], (req, res) => {
    const search = typeof req.query['q'] === 'string' ? req.query['q'].trim() : '';
    const wanted = search.toLowerCase();
    const found = ledger.find({}).filter(({ to }) => to.toLowerCase().includes(wanted));
    const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
    const page = Math.min(Math.max(1, Math.trunc(Number(req.query['page'])) || 1), pages);
    const newestFirst = found.reverse();
    const messages = newestFirst.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    res.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    res.send(renderInbox({ messages, found: found.length, total: ledger.count(), search, page, pages }));
  });
  return router;
}
