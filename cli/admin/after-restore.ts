import type { Terminal } from '../commands/session';
import type { RestoreReport } from '../../store/restore/restores';
import type { Store } from '../../store/index';
import { recorded } from './recorded';
import { withStore } from './with-store';

/** The audit log of each organisation has an entry: what became of its messages is not what its people see at the provider. */
async function holdOnRecord(store: Store): Promise<RestoreReport> {
  const organisations = await store.newOrganisations.list();
  const hold = organisations.reduce<() => Promise<RestoreReport>>(
    (inner, { _id: organisationId }) =>
      () =>
        recorded(store, { organisationId, action: 'holdAfterRestore' }, async () => ({ result: await inner() })),
    () => store.restores.hold(),
  );
  return hold();
}

/** Holds back what a restored database takes for unsent, and says what becomes of it. */
export async function holdAfterRestore({ err }: Terminal): Promise<void> {
  const { imports, sms, emails, reminders } = await withStore(holdOnRecord);
  err.write(
    `Imports that had not ended by the time of the backup: ${imports}\n` +
      `  SMS not known to be sent: ${sms}. The workers look them up at Twilio.\n` +
      `  E-mails not known to be sent: ${emails}. They are unconfirmed: retry them with --include-unconfirmed, or ask.\n` +
      '  People whom they have not invited yet become unconfirmed in their turn.\n' +
      `Reminders that were due and are put off by one interval: ${reminders}\n` +
      'The workers may start now.\n',
  );
}
