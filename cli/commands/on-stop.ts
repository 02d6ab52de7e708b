import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

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
