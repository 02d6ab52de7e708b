import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { objectOf, wholeNumber } from './schema';

export const settingsSchema = objectOf({
  /** Waited before each answer of a provider, in milliseconds. */
  latencyMs: wholeNumber(0, 3_600_000),
  /** How long an accepted message stays invisible to Twilio's list, in milliseconds. */
  listLagMs: wholeNumber(0, 86_400_000),
});

/** Can be changed while the sandbox runs. */
export type Settings = z.infer<typeof settingsSchema>;

export const delayAnswers =
  (settings: Pick<Settings, 'latencyMs'>): RequestHandler =>
  (_req, _res, next) => {
    if (settings.latencyMs > 0) setTimeout(next, settings.latencyMs).unref();
    else next();
  };
