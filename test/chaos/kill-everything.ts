import type { Person } from '../support/people';
import { until } from '../support/until';
import { acceptedMessages } from './invariant-check';
import type { Product } from './product';

const EVERYTHING = ['worker', 'api', 'mongod', 'temporal'];

/**
 * Kills worker, API, database and Temporal server with kill -9 at the same moment. Resolves when all of them are ready again. The
 * sandbox stays: its ledger is the judge.
 */
export async function killEverything(product: Product): Promise<void> {
  const starts = EVERYTHING.map((name) => product.startsOf(name));
  product.killAll(EVERYTHING);
  for (const [i, name] of EVERYTHING.entries()) await product.untilReady(name, starts[i]! + 1);
}

/** Stops a worker at a point, and kills everything while it is there. */
export async function killEverythingAt(product: Product, point: string, reach: () => Promise<unknown>): Promise<void> {
  product.faultCommands.give(point, { act: 'pause', forMs: LONGER_THAN_A_KILL_MS });
  // Its answer, if it still gets one, is not what the test is about.
  const reaching = reach().catch(() => undefined);
  await product.faultCommands.executor(point);
  await killEverything(product);
  await reaching;
}
const LONGER_THAN_A_KILL_MS = 120_000;

/** What the sandbox has accepted for these people. */
export async function messagesTo(product: Product, rows: readonly Pick<Person, 'email' | 'mobile'>[]) {
  const addresses = new Set(rows.flatMap(({ email, mobile }) => [email, mobile]));
  return (await acceptedMessages(product)).filter(({ to }) => addresses.has(to));
}

/** For how long something is waited for that has to come by itself. */
export const PATIENCE_MS = 60_000;

/** Waits until so many messages to these people are accepted. */
export const untilAccepted = (product: Product, rows: readonly Person[], count: number, patienceMs = PATIENCE_MS) =>
  until(
    `${count} messages to be accepted`,
    () => messagesTo(product, rows),
    (messages) => messages.length >= count,
    patienceMs,
  );
