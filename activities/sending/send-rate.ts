import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from '../../contract/invitation';
import type { SendRates } from '../../store/invitations/send-rates';

/** The sends that one reservation covers, in milliseconds of the rate: they begin together, so it bounds the burst. */
const TURN_MS = 30;
/** A turn may be taken up so much later, in milliseconds, without loss. Together with the turn 5 % of a second. */
const CREDIT_MS = 20;
/** A sender waits no longer than this for its turn; beyond, its step ends and comes back. */
const LONGEST_WAIT_MS = 5_000;

/** The rate of a channel for all workers together. Counts messages: what one SMS or one person of an e-mail request is. */
export interface SendRate {
  /**
   * Waits for a turn. Resolves with the number of messages that may begin now, at most `wanted`; 0 if it was aborted
   * meanwhile. If the turn is too far away, resolves with when to come back, in milliseconds.
   */
  nextTurn(wanted: number, signal: AbortSignal): Promise<{ count: number } | { retryAfterMs: number }>;
}

export function createSendRate(rates: SendRates, channel: Channel, perSecond: number): SendRate {
  const most = Math.max(1, Math.floor((perSecond * TURN_MS) / 1000));

  return {
    async nextTurn(wanted, signal) {
      const count = Math.min(wanted, most);
      const { isReserved, waitMs } = await rates.reserve(channel, {
        intervalMs: (count * 1000) / perSecond,
        longestWaitMs: LONGEST_WAIT_MS,
        creditMs: CREDIT_MS,
      });
      // Some come back before the turns run out, and not all at one moment.
      if (!isReserved) return { retryAfterMs: Math.ceil(waitMs * (0.5 + Math.random())) };
      if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      return { count: signal.aborted ? 0 : count };
    },
  };
}
