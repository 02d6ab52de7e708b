/**
 * The two windows that keep an invitation from being sent twice. A claim may be followed by its request until the fence
 * falls, that request may last its whole deadline, and what it left behind becomes visible at the provider within the lag.
 */
export const fenceOf = (deadlineMs: number): number => deadlineMs / 2;

/** Whether the request of a claim of this age may still begin. Later, somebody else may be settling it. */
export const mayStillSend = (ageMs: number, fenceMs: number): boolean => ageMs < fenceMs;

/** How long after its claim an invitation in doubt can be looked up: earlier, one that was accepted might not be seen. */
export const shortestSettleWindow = ({ deadlineMs, lagMs }: { deadlineMs: number; lagMs: number }): number =>
  Math.ceil(fenceOf(deadlineMs) + deadlineMs) + lagMs;
