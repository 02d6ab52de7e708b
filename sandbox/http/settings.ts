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
