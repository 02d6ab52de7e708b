import type { Channel } from '../../contract/invitation';
import type { SendOutcome } from '../../providers/sender';
import type { ProviderHealth } from '../../store/invitations/provider-health';

/** What may be sent now: all there is, one single message to see whether the provider is back, or nothing for a while. */
export type Permit = { pass: 'full' } | { pass: 'probe' } | { pass: 'wait'; waitMs: number };

/**
 * Spares a provider that is down, and the people whose messages would be in doubt: each of them that is sent in vain has to
 * be looked at by a person. One for each channel and process; what they know together is in the database.
 */
export interface Breaker {
  enter(): Promise<Permit>;
  /** Tells what became of what a pass was for: of each request the outcomes of its messages. */
  report(pass: 'full' | 'probe', requests: readonly (readonly SendOutcome[])[]): Promise<void>;
}

/** Constants of the product; tests have others. */
export interface BreakerSettings {
  /**
   * After so many requests in a row without a clear answer the provider is taken for down. Where every third request
   * fails by chance, that is still one in 6,000.
   */
  threshold?: number;
  /** Six probes a minute, over all workers: a recovery is noticed 10 s later. */
  probeEveryMs?: number;
}

export interface BreakerOptions extends BreakerSettings {
  health: ProviderHealth;
  channel: Channel;
}

/** Whoever waits comes back up to this share of the interval after the probe, so that not all of them ask at once. */
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
    async enter() {
      // No round trip as long as all is well. A process that has just begun learns by its own failures.
      if (!open) return { pass: 'full' };
      await opening;
      const answer = await health.takeProbe(channel, probeEveryMs);
      if (answer.kind === 'probe') return { pass: 'probe' };
      if (answer.kind === 'wait') {
        const untilProbe = Math.min(answer.forMs, probeEveryMs);
        return { pass: 'wait', waitMs: Math.ceil(untilProbe + Math.random() * SPREAD * probeEveryMs) };
      }
      close();
      return { pass: 'full' };
    },

    async report(pass, requests) {
      const answers = requests.map(saysOfRequest);
      if (pass === 'probe' && answers.includes('up')) {
        await health.up(channel);
        close();
        return;
      }
      // What was under way when it opened tells of the time before.
      if (open) return;
      failures = answers.reduce(streakAfter, failures);
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

type Says = 'up' | 'down' | 'nothing';

const streakAfter = (streak: number, says: Says): number =>
  says === 'nothing' ? streak : says === 'up' ? 0 : streak + 1;

/** A mail provider may have refused a few recipients of a request and then fallen silent about the rest. */
function saysOfRequest(outcomes: readonly SendOutcome[]): Says {
  const says = outcomes.map(saysOf);
  return says.includes('down') ? 'down' : says.includes('up') ? 'up' : 'nothing';
}

/** An answer that is a refusal shows as well as any other that the provider is up. */
function saysOf(outcome: SendOutcome): Says {
  if (outcome.kind === 'ambiguous') return 'down';
  if (outcome.kind !== 'busy') return 'up';
  // It was us who were late.
  if (outcome.providerCode === 'too-late') return 'nothing';
  return isAnswer(outcome.providerCode) ? 'up' : 'down';
}

/** A request that got no answer has the code of a network error in place of the provider's number. */
const isAnswer = (providerCode: string): boolean => /^(http-)?\d+$/.test(providerCode);
