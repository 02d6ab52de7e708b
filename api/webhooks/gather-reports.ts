import type { ProviderReport } from '../../domain/invitations/provider-report';

type Write = (reports: ProviderReport[]) => Promise<unknown>;

/**
 * Twilio reports on each message by a request of its own, hundreds a second. While some reports are being written down the
 * next ones gather, and are written down together; each resolves when it is, or fails with those it came together with.
 */
export function gatherReports(write: Write): (reports: readonly ProviderReport[]) => Promise<void> {
  let gathered: ProviderReport[] = [];
  let next: Promise<void> | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function writeNext(): Promise<void> {
    await running.catch(() => undefined);
    const reports = gathered;
    gathered = [];
    next = undefined;
    running = write(reports);
    await running;
  }

  return (reports) => {
    gathered.push(...reports);
    next ??= writeNext();
    return next;
  };
}
