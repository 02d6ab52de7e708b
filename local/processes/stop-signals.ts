/** npm passes Ctrl-C on to its script, which has it from the terminal already: one press arrives twice. */
const SAME_PRESS_MS = 500;

/** Calls `first` when somebody wants this process to stop, and `again` when they ask a second time. */
export function onStopSignals(first: () => void, again: () => void): void {
  let firstAt: number | undefined;
  const onSignal = (): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      first();
    } else if (Date.now() - firstAt > SAME_PRESS_MS) again();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}
