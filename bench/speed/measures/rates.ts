import { checkMessages, checkProduct } from '../facts/check';
import { importByProduct } from '../product';
import type { Target } from '../report/targets';
import type { Measure } from './measure';

/** Messages a second. */
const RATES = { email: 150, sms: 100 };
const FILES = 4;
const SECOND_MS = 1_000;

/** The rates of the providers, kept by one worker and by two together: of what reached the provider, from the first message to the last. */
export const rates: Measure = {
  options: {
    provider: 'plain',
    settings: { SENDGRID_MAX_PER_SECOND: String(RATES.email), TWILIO_MAX_PER_SECOND: String(RATES.sms) },
  },
  async run(stack, newFiles) {
    const targets: Target[] = [];
    for (const workers of ['one worker', 'two workers']) {
      if (workers === 'two workers') await stack.startWorker('worker-2');
      await fetch(`${stack.sandboxUrl}/__ledger`, { method: 'DELETE' });
      const files = newFiles(FILES);
      const { ids } = await importByProduct(stack, files);
      await checkMessages(stack, files);
      await checkProduct(stack, ids);
      const arrivals = (await (await fetch(`${stack.sandboxUrl}/__arrivals`)).json()) as Record<string, number[]>;
      for (const [channel, rate] of Object.entries(RATES))
        targets.push(...targetsOf(`${channel} at ${rate} a second, ${workers}`, rate, arrivals[channel]!));
    }
    return targets;
  },
};

function targetsOf(what: string, rate: number, unsorted: readonly number[]): Target[] {
  const times = [...unsorted].sort((a, b) => a - b);
  const mean = (times.length - 1) / ((times.at(-1)! - times[0]!) / SECOND_MS);
  return [
    { measure: `${what}: sent ÷ rate`, figure: mean / rate, must: 1.05 },
    // At least nine tenths are used.
    { measure: `${what}: rate ÷ sent`, figure: rate / mean, must: 1.11 },
    { measure: `${what}: busiest second ÷ rate`, figure: busiestSecond(times) / rate },
  ];
}

/** The most messages that came within any second. */
function busiestSecond(times: readonly number[]): number {
  let most = 0;
  for (let first = 0, next = 0; next < times.length; next++) {
    while (times[next]! - times[first]! >= SECOND_MS) first++;
    most = Math.max(most, next - first + 1);
  }
  return most;
}
