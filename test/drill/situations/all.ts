import type { Situation } from '../drill';
import { ALERTS } from './alerts';
import { INCIDENTS } from './incidents';
import { STATES } from './states';

/** By the headings of the run book. */
export const SITUATIONS: Readonly<Record<string, Situation>> = { ...ALERTS, ...STATES, ...INCIDENTS };
