import type { Channel } from '../../contract/invitation';
import { TOO_LATE } from '../../domain/provider-answers/network-errors';
import type { SendOutcome } from '../../providers/sender';
import type { ProviderHealth } from '../../store/invitations/provider-health';

/** What may be sent now: everything, or one single message to see whether the provider is back. */
export type SendPermit = { kind: 'full' } | { kind: 'probe' };
export type Permit = SendPermit | { kind: 'wait'; waitMs: number };

/**
 * Spares a provider that is down, and the people whose messages would be in doubt: a person has to look at each message
 * that is sent in vain. One for each channel and process; all processes share what they know in the database.
 */
export interface Breaker {
  requestPermit(): Promise<Permit>;
  /** Whether this process takes the provider for down. Costs nothing, so it can be asked before each request. */
  isOpen(): boolean;
  /** Takes the outcomes of the messages of one request. */
  report(permit: SendPermit['kind'], outcomes: readonly SendOutcome[]): Promise<void>;
}

/** Constants of the product; tests have others. */
export interface BreakerSettings {
  /**
   * Requests in a row without a clear answer after which the provider is taken for down. Where every third request fails
   * by chance, that happens once in 6,000.
   */
  threshold?: number;
  /** Milliseconds between two probes, over all workers: a recovery is noticed that much later. */
  probeEveryMs?: number;
}

interface BreakerOptions extends BreakerSettings {
  health: ProviderHealth;
  channel: Channel;
}

/** Workers that wait come back up to this share of the interval after the probe, so that they do not all ask at once. */
const SPREAD = 0.1;

export function createBreaker({ health, channel, threshold = 8, probeEveryMs = 10_000 }: BreakerOptions): Breaker {
  let failures = 0;
  let open = false;
  /** Until it is written down that it has opened, the database would still say that all is well. */
  let opening = Promise.resolve();

  function close(): void {
    open = false;
    failures = 0;
  }

  return {
    isOpen: () => open,

    async requestPermit() {
      // No round trip as long as all is well. A process that has just begun learns by its own failures.
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
      // A request that was in flight when it opened says nothing about the time since.
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

/** What a request says about the provider. */
type Sign = 'up' | 'down' | 'none';

/** A mail provider may have rejected a few recipients of a request and then fallen silent about the rest. */
function signOfRequest(outcomes: readonly SendOutcome[]): Sign {
  const signs = outcomes.map(signOf);
  return signs.includes('down') ? 'down' : signs.includes('up') ? 'up' : 'none';
}

/** A rejection shows as well as any other answer that the provider is up. */
function signOf(outcome: SendOutcome): Sign {
  if (outcome.kind === 'ambiguous') return 'down';
  if (outcome.kind !== 'busy') return 'up';
  // The delay was ours.
  if (outcome.providerCode === TOO_LATE) return 'none';
  return isAnswer(outcome.providerCode) ? 'up' : 'down';
}

/** Without an answer the code is that of a network error, in place of the provider's number. */
const isAnswer = (providerCode: string): boolean => /^(http-)?\d+$/.test(providerCode);
