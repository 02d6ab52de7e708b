import type { FaultRequest } from '../../sandbox/faults/schema';
import type { SeededRandom } from './seeded-random';

type Share = Pick<FaultRequest, 'kind' | 'status' | 'accept' | 'retryAfterSeconds'> & { share: number };

/** Faults of a send, by their share of all sends; the rest succeeds. */
const SENDS: readonly Share[] = [
  { kind: 'error', status: 500, share: 0.08 },
  { kind: 'error', status: 500, accept: true, share: 0.08 },
  { kind: 'drop', accept: true, share: 0.08 },
  { kind: 'hang', accept: true, share: 0.05 },
  { kind: 'rate-limit', retryAfterSeconds: 1, share: 0.06 },
  { kind: 'drop', share: 0.05 },
];
const LOOK_UPS_FAIL = 0.1;
const LONGEST_LAG_MS = 1_000;

/** Settings for such providers: windows that a test can wait for, and several requests a file. */
export const UNDER_FAULTS = {
  PROVIDER_DEADLINE_MS: '2000',
  PROVIDER_LAG_MS: `${LONGEST_LAG_MS}`,
  EMAIL_BATCH_SIZE: '5',
};

/** Makes both providers fail by the profile until the returned function is called. */
export async function startFaults(sandboxUrl: string, random: SeededRandom): Promise<() => Promise<void>> {
  // The sandbox draws for each fault in turn, so each needs its share of what the earlier ones leave.
  let left = 1;
  const sends = SENDS.map(({ share, ...fault }): FaultRequest => {
    const probability = share / left;
    left -= share;
    return { ...fault, provider: 'both', probability, seed: random.below(2 ** 31) };
  });
  const lookUps: FaultRequest = {
    provider: 'both',
    operation: 'list',
    kind: 'error',
    status: 503,
    probability: LOOK_UPS_FAIL,
    seed: random.below(2 ** 31),
  };
  await send(sandboxUrl, 'POST', '/__faults', [...sends, lookUps]);
  const lag = setInterval(() => {
    const listLagMs = random.below(LONGEST_LAG_MS + 1);
    void send(sandboxUrl, 'PUT', '/__settings', { listLagMs }).catch(() => undefined);
  }, 500).unref();
  return async () => {
    clearInterval(lag);
    await send(sandboxUrl, 'DELETE', '/__faults');
    await send(sandboxUrl, 'PUT', '/__settings', { listLagMs: 0 });
  };
}

/** Sends a control request to the sandbox. Throws with the answer if it is rejected. */
export async function send(sandboxUrl: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandboxUrl}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The sandbox rejects ${method} ${path}: ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
