import { Context } from '@temporalio/activity';

const INTERVAL_MS = 1_000;

/**
 * Sends a heartbeat every second while `work` runs, so that Temporal notices a frozen or killed process. None at the start, which
 * Temporal counts from anyway: most steps end within the first second.
 */
export async function withHeartbeat<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), INTERVAL_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Throws what Temporal expects of a step that it has cancelled. */
export async function endIfCancelled(): Promise<void> {
  const { cancellationSignal, cancelled } = Context.current();
  if (cancellationSignal.aborted) await cancelled;
}
