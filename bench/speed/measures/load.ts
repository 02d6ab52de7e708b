import { setTimeout as pause } from 'node:timers/promises';
import twilio from 'twilio';
import { collectionsOf } from '../../../store/documents';
import { percentile } from '../report/figures';
import { importByProduct, untilResting, uploadFiles } from '../product';
import type { NewFiles } from '../client-files';
import type { Stack } from '../stack/stack';
import type { Target } from '../report/targets';
import type { Measure } from './measure';
import { timedGet, timedRequest } from './timed-get';

const READERS = 50;
const READ_FILES = 20;
/** As the command line and a page ask. In milliseconds. */
const READ_EVERY_MS = 500;

const REPORTED_FILES = 8;
const REPORTS_A_SECOND = 300;
const TICK_MS = 10;
/** Until the reports are written after the last answer. */
const WRITTEN_WITHIN_MS = 5_000;

/** What many readers and the providers ask of the API at once; `npm run load`. */
export const load: Measure = {
  options: { reports: true, provider: 'plain' },
  async run(stack, newFiles) {
    return [...(await readWhileImporting(stack, newFiles)), ...(await reportDelivered(stack, newFiles))];
  },
};

async function readWhileImporting(stack: Stack, newFiles: NewFiles): Promise<Target[]> {
  await importByProduct(stack, newFiles(1));
  const ids = await uploadFiles(stack, newFiles(READ_FILES));
  const times: number[] = [];
  let resting = false;
  const read = async (reader: number): Promise<void> => {
    await pause((reader / READERS) * READ_EVERY_MS);
    for (let i = reader; !resting; i++) {
      const ms = await timedGet(`${stack.apiUrl}/v1/imports/${ids[i % ids.length]!}`, stack.headers);
      times.push(ms);
      await pause(Math.max(0, READ_EVERY_MS - ms));
    }
  };
  const readers = Array.from({ length: READERS }, (_, reader) => read(reader));
  await untilResting(stack, ids);
  resting = true;
  await Promise.all(readers);
  const what = `${READERS} readers of a status while ${READ_FILES} files run`;
  return [
    { measure: `p99 of ${what}`, figure: percentile(times, 99), unit: 'ms', must: 250 },
    { measure: `p50 of ${what}`, figure: percentile(times, 50), unit: 'ms' },
    { measure: 'status requests', figure: times.length, unit: 'answers' },
  ];
}

/** Twilio reports each SMS as delivered, at its pace, however late the answers are. */
async function reportDelivered(stack: Stack, newFiles: NewFiles): Promise<Target[]> {
  const { ids } = await importByProduct(stack, newFiles(REPORTED_FILES));
  const { invitations } = collectionsOf(stack.db);
  const mine = { importId: { $in: ids }, channel: 'sms' } as const;
  const sent = await invitations.find(mine, { projection: { providerId: 1 } }).toArray();
  const times: number[] = [];
  let refused = 0;
  const answers: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let begun = 0; begun < sent.length; await pause(TICK_MS)) {
    const due = Math.min(sent.length, Math.floor(((performance.now() - startedAt) / 1000) * REPORTS_A_SECOND));
    for (const { _id, providerId } of sent.slice(begun, due))
      answers.push(
        report(stack, _id, providerId ?? `SM${_id}`).then(
          (ms) => void times.push(ms),
          () => void refused++,
        ),
      );
    begun = Math.max(begun, due);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(answers);
  const until = performance.now() + WRITTEN_WITHIN_MS;
  let delivered = 0;
  while (performance.now() < until && delivered < sent.length) {
    delivered = await invitations.countDocuments({ ...mine, state: 'delivered' });
    await pause(100);
  }
  const what = `signed reports at ${Math.round(sent.length / seconds)} a second`;
  return [
    { measure: `p99 of ${what}`, figure: percentile(times, 99), unit: 'ms', must: 200 },
    { measure: `p50 of ${what}`, figure: percentile(times, 50), unit: 'ms' },
    { measure: `${sent.length} reports: refused`, figure: refused, must: 0 },
    { measure: `${sent.length} reports: lost`, figure: sent.length - delivered, must: 0 },
  ];
}

function report({ apiUrl, twilio: account }: Stack, invitationId: string, sid: string): Promise<number> {
  const path = `/v1/webhooks/twilio?invitation=${encodeURIComponent(invitationId)}`;
  const form = { MessageSid: sid, MessageStatus: 'delivered' };
  const signature = twilio.getExpectedTwilioSignature(account.authToken, account.webhookUrl + path, form);
  const headers = { 'X-Twilio-Signature': signature, 'Content-Type': 'application/x-www-form-urlencoded' };
  return timedRequest(apiUrl + path, headers, 'POST', new URLSearchParams(form).toString());
}
