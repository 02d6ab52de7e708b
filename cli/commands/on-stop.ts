import { constants } from 'node:os';
import type { Session } from './session';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for something that takes a while; if the command is stopped meanwhile, `words` on the standard error say what goes on. */
export async function untilStopped<T>({ err }: Pick<Session, 'err'>, words: string, task: Promise<T>): Promise<T> {
  const forget = onStop(() => void err.write(`\n${words}\n`));
  try {
    return await task;
  } finally {
    forget();
  }
}

/**
 * Calls `leave` and ends the process when it is to stop, with the exit code that shells expect of the signal. Returns what takes
 * that back.
 */
export function onStop(leave: () => void): () => void {
  const stop = (signal: NodeJS.Signals): void => {
    leave();
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  return () => SIGNALS.forEach((signal) => process.removeListener(signal, stop));
}
