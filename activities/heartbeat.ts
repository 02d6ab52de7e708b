import { Context } from '@temporalio/activity';

const INTERVAL_MS = 1_000;

/** Reports every second that the step is alive, while `work` runs. A frozen or killed process falls silent. */
export async function withHeartbeat<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), INTERVAL_MS);
  context.heartbeat();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
