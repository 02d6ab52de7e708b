import express from 'express';
import type { Router } from 'express';
import { after, refuse, refusingWith, text } from './check-body';
import type { FaultPlan } from '../faults/plan';
import type { FaultRequest } from '../faults/schema';
import { faultProblems, settingProblems } from '../faults/schema';
import type { Ledger } from '../ledger/ledger';
import type { FailureCounter } from '../faults/failure-counter';
import type { RequestLog } from '../http/request-log';
import type { Settings } from '../http/settings';

export interface ControlDeps {
  ledger: Ledger;
  log: RequestLog;
  faults: FaultPlan;
  failureCounter: FailureCounter;
  settings: Settings;
}

/** What no provider has: reading back what was received, and planning what goes wrong. */
export function createControlRouter({
  ledger,
  log,
  faults: plan,
  failureCounter: magic,
  settings,
}: ControlDeps): Router {
  const router = express.Router();

  router.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));

  router.get('/__ledger', (req, res) => {
    const messages = ledger.find({
      to: text(req.query['to']),
      contains: text(req.query['contains']),
      invitation: text(req.query['invitation']),
      ...after(req.query),
    });
    res.json({ count: messages.length, messages });
  });
  router.get('/__ledger/count', (_req, res) => void res.json({ count: ledger.count() }));
  router.delete('/__ledger', (_req, res) => {
    ledger.clear();
    magic.clear();
    res.status(204).end();
  });

  router.get('/__requests', (req, res) => {
    const requests = log.list({ to: text(req.query['to']), ...after(req.query) });
    res.json({ count: requests.length, requests });
  });
  router.delete('/__requests', (_req, res) => {
    log.clear();
    res.status(204).end();
  });

  router.post('/__faults', express.json(), refusingWith(faultProblems), (req, res) => {
    try {
      const faults = plan.add([req.body as FaultRequest | FaultRequest[]].flat());
      res.status(201).json({ faults });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refuse(res, [error.message]);
    }
  });
  router.get('/__faults', (_req, res) => void res.json({ faults: plan.list() }));
  router.delete('/__faults', (_req, res) => {
    plan.clear();
    res.status(204).end();
  });
  router.delete('/__faults/:id', (req, res) => {
    if (plan.remove(req.params.id)) res.status(204).end();
    else res.status(404).json({ errors: [`There is no fault "${req.params.id}".`] });
  });

  router.get('/__settings', (_req, res) => void res.json(settings));
  router.put('/__settings', express.json(), refusingWith(settingProblems), (req, res) => {
    res.json(Object.assign(settings, req.body as Partial<Settings>));
  });
  return router;
}
