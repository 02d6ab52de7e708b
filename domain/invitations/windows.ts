/**
 * The windows of a send, in milliseconds since its claim, that keep an invitation from being sent twice:
 *
 *     claim ──── fence ──────────────── fence + deadline ──────── + lag ──── settle window
 *     │ requests begin │ requests still under way │ the provider shows them │ looked up, perhaps sent again
 *
 * No request begins after the fence. A request that begins at the last moment lasts its whole deadline, and its message becomes
 * visible at the provider within the lag. Only then does a look-up without a result prove that nothing was sent.
 */
export interface SendWindows {
  fenceMs: number;
  /** Total time of one request. */
  deadlineMs: number;
  settleWindowMs: number;
}

export const fenceOf = (deadlineMs: number): number => deadlineMs / 2;

/** The database cuts its clock to milliseconds, and stamps a claim later than the sender starts to measure it. */
export const CLOCK_GRAIN_MS = 100;

export const shortestSettleWindow = ({ deadlineMs, lagMs }: { deadlineMs: number; lagMs: number }): number =>
  Math.ceil(fenceOf(deadlineMs) + deadlineMs) + lagMs;
