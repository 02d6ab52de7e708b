import type { Channel } from '../../contract/invitation';
import { TOO_LATE } from '../../domain/provider-answers/network-errors';
import type { SendOutcome } from '../../providers/sender';
import type { ProviderHealth } from '../../store/invitations/provider-health';

/** Permission to send everything, or one message that probes whether the provider is back. */
export type SendPermit = { kind: 'full' } | { kind: 'probe' };
export type Permit = SendPermit | { kind: 'wait'; waitMs: number };

/**
 * Stops sending to a provider that is down, since each message without an answer ends in doubt and needs a person to look
 * at it. One breaker per channel and process; the processes share their knowledge in the database.
 */
export interface Breaker {
  requestPermit(): Promise<Permit>;
  /** Learns from the outcomes of the messages of one request. */
  report(permit: SendPermit['kind'], outcomes: readonly SendOutcome[]): Promise<void>;
}

/** Fixed in the product; tests set shorter times. */
export interface BreakerSettings {
  /**
   * Consecutive requests without a clear answer after which the breaker opens. If every third request fails by chance, that
   * happens once in 6,000.
   */
  threshold?: number;
  /** Milliseconds between two probes of all workers, and so the longest delay in noticing a recovery. */
  probeEveryMs?: number;
}

interface BreakerOptions extends BreakerSettings {
  health: ProviderHealth;
  channel: Channel;
}

/** Waiting workers return up to this share of the interval after the probe, so that they do not all ask at once. */
const SPREAD = 0.1;

export function createBreaker({ health, channel, threshold = 8, probeEveryMs = 10_000 }: BreakerOptions): Breaker {
  let failures = 0;
  let open = false;
  /** Resolves once the database knows that the breaker is open. */
  let opening = Promise.resolve();

  function close(): void {
    open = false;
    failures = 0;
  }

  return {
    async requestPermit() {
      // No round trip while the breaker is closed. A new process learns from its own failures.
      if (!open) return { kind: 'full' };
      await opening;
      const answer = await health.takeProbe(channel, probeEveryMs);
      if (answer.kind === 'probe') return { kind: 'probe' };
      if (answer.kind === 'wait') {
        const untilProbe = Math.min(answer.forMs, probeEveryMs);
        return { kind: 'wait', waitMs: Math.ceil(untilProbe + Math.random() * SPREAD * probeEveryMs) };
      }
      close();
      return { kind: 'full' };
    },

    async report(permit, outcomes) {
      const sign = signOfRequest(outcomes);
      if (permit === 'probe' && sign === 'up') {
        await health.up(channel);
        close();
        return;
      }
      // A request that was in flight when the breaker opened says nothing about the time since.
      if (open || sign === 'none') return;
      failures = sign === 'up' ? 0 : failures + 1;
      if (failures < threshold) return;
      open = true;
      opening = health.down(channel, probeEveryMs).catch((error: unknown) => {
        open = false;
        throw error;
      });
      await opening;
    },
  };
}

type Sign = 'up' | 'down' | 'none';

/** A mail provider may reject a few recipients of a request and then give no answer about the rest. */
function signOfRequest(outcomes: readonly SendOutcome[]): Sign {
  const signs = outcomes.map(signOf);
  return signs.includes('down') ? 'down' : signs.includes('up') ? 'up' : 'none';
}

/** Any answer shows that the provider is up, a rejection included. */
function signOf(outcome: SendOutcome): Sign {
  if (outcome.kind === 'ambiguous') return 'down';
  if (outcome.kind !== 'busy') return 'up';
  // The delay was ours.
  if (outcome.providerCode === TOO_LATE) return 'none';
  return isAnswer(outcome.providerCode) ? 'up' : 'down';
}

/** Without an answer, the code names a network error instead of the provider's number. */
const isAnswer = (providerCode: string): boolean => /^(http-)?\d+$/.test(providerCode);
