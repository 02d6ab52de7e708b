import express from 'express';
import type { Router } from 'express';
import type { z } from 'zod';
import type { Plan } from '../planning/plan';
import { withBodies } from './body';

/** `/__faults` or `/__outcomes`: plan, list and remove them. */
export function createPlanRouter<R extends { id?: string | undefined }>(
  noun: 'fault' | 'outcome',
  schema: z.ZodType<R>,
  plan: Omit<Plan<R>, 'take'>,
): Router {
  const router = express.Router();
  const path = `/__${noun}s`;
  router.post(
    path,
    withBodies(schema, noun, (requests, res) => void res.status(201).json({ [`${noun}s`]: plan.add(requests) })),
  );
  router.get(path, (_req, res) => void res.json({ [`${noun}s`]: plan.list() }));
  router.delete(path, (_req, res) => {
    plan.clear();
    res.status(204).end();
  });
  router.delete(`${path}/:id`, (req, res) => {
    if (plan.remove(req.params.id)) res.status(204).end();
    else res.status(404).json({ errors: [`There is no ${noun} "${req.params.id}".`] });
  });
  return router;
}
