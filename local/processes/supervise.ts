import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './program';
import { messageOf } from './start-error';

/** Waits before consecutive restarts, in milliseconds; the last one repeats. */
const BACK_OFF_MS = [200, 500, 1_000, 2_000, 5_000];
/** A program that ran this long has recovered: after its next end the first wait applies again. */
const RECOVERED_AFTER_MS = 10_000;

export interface Service {
  name: string;
  /** Starts the program and resolves when it is ready. If it rejects, the program does not run. */
  start: (signal: AbortSignal) => Promise<Program>;
  /** Time to end after SIGTERM, in milliseconds. */
  graceMs: number;
}

export interface Supervised {
  readonly name: string;
  /** Resolves when it is ready for the first time. Rejects if the first start fails, which is not retried. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended for good. */
  stop(): Promise<void>;
}

/** Starts a program, and restarts it whenever it ends before `stop`, without limit. */
export function supervise(
  { name, start, graceMs }: Service,
  note: (line: string) => void,
  backOffMs: readonly number[] = BACK_OFF_MS,
): Supervised {
  const stopping = new AbortController();
  const { signal } = stopping;
  let program: Program | undefined;

  async function restart(quickEnds: number): Promise<Program | undefined> {
    for (let attempt = quickEnds; ; attempt++) {
      await sleep(backOffMs[Math.min(attempt, backOffMs.length - 1)], undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
      try {
        return await start(signal);
      } catch (error) {
        if (!signal.aborted) note(`${name} failed to restart: ${messageOf(error)}`);
      }
    }
  }

  async function keepAlive(first: Promise<Program>): Promise<void> {
    program = await first;
    for (let quickEnds = -1; ;) {
      const since = Date.now();
      const end = await program.ended;
      if (signal.aborted) return;
      note(`${name} has ended (${end}); restarting it …`);
      quickEnds = Date.now() - since > RECOVERED_AFTER_MS ? 0 : quickEnds + 1;
      const restarted = await restart(quickEnds);
      if (!restarted) return;
      program = restarted;
      if (signal.aborted) return program.stop(graceMs);
      note(`${name} is back.`);
    }
  }

  const first = start(signal);
  const supervision = keepAlive(first).catch(() => undefined); // Fails only if `first` does, which rejects `ready`.
  return {
    name,
    ready: first.then(() => undefined),
    async stop() {
      stopping.abort();
      await first.then(() => program?.stop(graceMs)).catch(() => undefined);
      await supervision;
    },
  };
}
