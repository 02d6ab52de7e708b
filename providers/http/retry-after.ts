import type { HttpAnswer } from './http-transport';

const LONGEST_MS = 3_600_000;
/** More than transport and the whole seconds of a header explain between two clocks that agree. */
const CLOCKS_DIFFER_MS = 5_000;

/**
 * How long a provider asks to be left alone, in milliseconds, one hour at most; `undefined` where it does not say.
 * `Retry-After` is in seconds or an HTTP date (RFC 9110), SendGrid's `X-RateLimit-Reset` in seconds since 1970.
 */
export function retryAfterMs(headers: HttpAnswer['headers'], ownNow = Date.now()): number | undefined {
  const now = providersNow(headers, ownNow);
  const asked =
    fromRetryAfter(single(headers['retry-after']), now) ?? fromReset(single(headers['x-ratelimit-reset']), now);
  return asked === undefined ? undefined : Math.min(Math.max(0, Math.ceil(asked)), LONGEST_MS);
}

/** Times of a provider are those of its own clock, which the `Date` of the answer shows: ours may be minutes off. */
function providersNow(headers: HttpAnswer['headers'], ownNow: number): number {
  const theirNow = Date.parse(single(headers['date']));
  return Math.abs(theirNow - ownNow) > CLOCKS_DIFFER_MS ? theirNow : ownNow;
}

function fromRetryAfter(value: string, now: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // `Date.parse` finds a year in almost anything; a date of HTTP ends in GMT.
  const date = value.endsWith('GMT') ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : date - now;
}

const fromReset = (value: string, now: number): number | undefined =>
  /^\d{10}$/.test(value) ? Number(value) * 1000 - now : undefined;

const single = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value)?.trim() ?? '';
