import type { InvitationMessage } from '../../providers/sender';
import type { Breaker } from './breaker';
import { sendBatch } from './send-batch';
import type { Wave, WaveOutcome, WaveReport } from './send-batch';

/** While one lane writes to the ledger, the other has its requests in flight. */
const LANES = 2;

/** Why not all of it was sent. */
export type Halt = Exclude<WaveOutcome, { kind: 'done' }>;

export interface Sending {
  wave: Wave;
  /** How many requests are in flight at once. */
  concurrency: number;
  breaker: Breaker;
  /** Once it is aborted, nothing new is begun. */
  signal: AbortSignal;
  /** Is told of each wave when it is written down. */
  note: (report: WaveReport) => Promise<void>;
}

/** Sends messages wave by wave, as fast as the breaker lets them pass, until none is left or something halts it. */
export async function sendBatches(sending: Sending, messages: readonly InvitationMessage[]): Promise<Halt | undefined> {
  const { wave: batch, concurrency, breaker, signal, note } = sending;
  const waveSize = batch.sender.batchSize * Math.max(1, Math.floor(concurrency / LANES));
  const queue = [...messages];
  const halted: { by?: Halt | { kind: 'broken'; error: unknown } } = {};
  const goesOn = (): boolean => queue.length > 0 && !halted.by && !signal.aborted;

  async function send(pass: 'full' | 'probe'): Promise<void> {
    const next = queue.splice(0, pass === 'probe' ? 1 : waveSize);
    if (next.length === 0) return;
    const report = await sendBatch(batch, next);
    const { outcome } = report;
    // After a probe without an answer the breaker knows best for how long to wait, not the growing pauses of the step.
    const unanswered = pass === 'probe' && outcome.kind === 'busy' && outcome.retryAfterMs === undefined;
    if (outcome.kind !== 'done' && !unanswered) halted.by ??= outcome;
    await Promise.all([note(report), breaker.report(pass, report.requests)]);
  }

  /** Returns how long it is to wait, if that is what it is told. */
  async function lane(): Promise<number | undefined> {
    while (goesOn()) {
      const pass = await breaker.enter();
      if (pass.pass === 'wait') return pass.waitMs;
      await send(pass.pass);
      // The other lane was told to wait for it, and may go on now.
      if (pass.pass === 'probe') return undefined;
    }
    return undefined;
  }
  const broken = (error: unknown): undefined => void (halted.by = { kind: 'broken', error });

  while (goesOn()) {
    const waits = await Promise.all(Array.from({ length: LANES }, () => lane().catch(broken)));
    if (waits.every((ms) => ms !== undefined)) {
      halted.by ??= { kind: 'busy', providerCode: 'no-answer', retryAfterMs: Math.min(...waits) };
    }
  }
  // Thrown only now: while one lane has failed, the other must not go on unseen.
  if (halted.by?.kind === 'broken') throw halted.by.error;
  return halted.by;
}
