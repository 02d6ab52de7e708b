import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './program';
import { messageOf } from '../start-error';

/** Waits before one restart after the other, in milliseconds; the last one repeats. */
const BACK_OFF_MS = [200, 500, 1_000, 2_000, 5_000];
/** A program that ran this long has recovered: its next end starts at the first wait again. */
const RECOVERED_AFTER_MS = 10_000;

export interface Service {
  name: string;
  /** Starts the program and resolves when it is ready; when it rejects, nothing of it runs. */
  start: (signal: AbortSignal) => Promise<Program>;
  /** How long it may take to end by itself when it is asked to, in milliseconds. */
  graceMs: number;
}

export interface Supervised {
  readonly name: string;
  /** Resolves when it is ready for the first time. Rejects if that start fails: then it is not tried again. */
  readonly ready: Promise<void>;
  /** Resolves when it is gone, and will not come back. */
  stop(): Promise<void>;
}

/** Starts a program and starts it again whenever it ends unasked, for as long as it takes. */
export function supervise(
  { name, start, graceMs }: Service,
  note: (line: string) => void,
  backOffMs: readonly number[] = BACK_OFF_MS,
): Supervised {
  const stopping = new AbortController();
  const { signal } = stopping;
  let program: Program | undefined;

  async function startAgain(quickEnds: number): Promise<Program | undefined> {
    for (let attempt = quickEnds; ; attempt++) {
      await sleep(backOffMs[Math.min(attempt, backOffMs.length - 1)], undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
      try {
        return await start(signal);
      } catch (error) {
        if (!signal.aborted) note(`${name} does not start again: ${messageOf(error)}`);
      }
    }
  }

  async function live(first: Promise<Program>): Promise<void> {
    program = await first;
    for (let quickEnds = -1; ;) {
      const since = Date.now();
      const manner = await program.ended;
      if (signal.aborted) return;
      note(`${name} has ended (${manner}); starting it again …`);
      quickEnds = Date.now() - since > RECOVERED_AFTER_MS ? 0 : quickEnds + 1;
      const again = await startAgain(quickEnds);
      if (!again) return;
      program = again;
      if (signal.aborted) return program.stop(graceMs);
      note(`${name} is back.`);
    }
  }

  const first = start(signal);
  const life = live(first).catch(() => undefined); // It fails only as `first` does, and `ready` tells.
  return {
    name,
    ready: first.then(() => undefined),
    async stop() {
      stopping.abort();
      await first.then(() => program?.stop(graceMs)).catch(() => undefined);
      await life;
    },
  };
}
