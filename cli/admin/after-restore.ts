import type { Terminal } from '../commands/session';
import { withStore } from './with-store';

/** Holds back what a restored database takes for unsent, and says what becomes of it. */
export async function holdAfterRestore({ err }: Terminal): Promise<void> {
  const { imports, sms, emails, reminders } = await withStore(({ restores }) => restores.hold());
  err.write(
    `Imports that had not ended by the time of the backup: ${imports}\n` +
      `  SMS not known to be sent: ${sms}. The workers look them up at Twilio.\n` +
      `  E-mails not known to be sent: ${emails}. They are unconfirmed: retry them with --include-unconfirmed, or ask.\n` +
      '  People whom they have not invited yet become unconfirmed in their turn.\n' +
      `Reminders that were due and are put off by one interval: ${reminders}\n` +
      'The workers may start now.\n',
  );
}
