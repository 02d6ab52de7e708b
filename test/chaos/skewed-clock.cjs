'use strict';
/*
 * Preloaded into a worker: shifts every Date by CHAOS_SKEW_MS. The monotonic clock and the timers stay right, as on a
 * machine whose clock is set wrong.
 */
const skewMs = Number(process.env.CHAOS_SKEW_MS ?? 0);
const RealDate = Date;
const now = () => RealDate.now() + skewMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
