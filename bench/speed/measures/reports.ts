import { setTimeout as pause } from 'node:timers/promises';
import { viewOf } from '../facts/check';
import { ROWS } from '../client-files';
import { historyOf } from '../facts/history';
import { importByProduct } from '../product';
import type { Measure } from './measure';

const LIMIT_MS = 120_000;

/** The history of a file of which the providers report each message as delivered. */
export const reports: Measure = {
  options: { reports: true, provider: 'sandbox' },
  async run(stack, newFiles) {
    const { ids } = await importByProduct(stack, newFiles(1));
    const deadline = performance.now() + LIMIT_MS;
    for (;;) {
      const { invitations } = await viewOf(stack, ids[0]!);
      const delivered = invitations.email.delivered + invitations.sms.delivered;
      if (delivered === 2 * ROWS) break;
      if (performance.now() > deadline) throw new Error(`Only ${delivered} messages are delivered.`);
      await pause(100);
    }
    const { events, bytes } = await historyOf(stack, ids[0]!);
    return [
      { measure: 'history of a file with 1,000 reports', figure: events, unit: 'events', must: 30 },
      { measure: 'history of a file with 1,000 reports', figure: bytes / 1000, unit: 'kB' },
    ];
  },
};
