import { randomUUID } from 'node:crypto';
import type { Collections, InvitationDoc } from '../documents';
import { WAKE_NOW } from '../imports/outbox';
import { createFirstSends } from '../invitations/first-sends';
import { createLedger } from '../invitations/ledger';
import type { SendRecord } from '../invitations/ledger';
import { dueIn } from '../invitations/due-reminders';
import type { Mongo } from '../mongo';
import { createWatermark } from './watermark';

/** What was done about the messages that may have been sent since the backup. */
export interface RestoreReport {
  /** Imports that had not ended at the time of the backup. */
  imports: number;
  /** SMS in doubt, which their workflows look up at the provider. */
  sms: number;
  /** E-mails that are unconfirmed now. */
  emails: number;
  /** Reminders that were due and are put off by one interval. */
  reminders: number;
}

/**
 * After MongoDB was restored to an earlier time, its ledger does not know what was sent since. So whatever it takes for unsent is in
 * doubt. An SMS is looked up by the token of its link, if the backup has the token. For an e-mail no provider can be asked, and its
 * event, which came to the database that is gone, will not come again.
 */
export function createRestores(collections: Collections, transaction: Mongo['transaction']) {
  const { organisations, imports, invitations } = collections;
  const ledger = createLedger(collections);
  const firstSends = createFirstSends(collections, transaction);

  /** Claims these as one attempt, after which they are in doubt. Resolves with the claimed ids. */
  async function putInDoubt(ids: string[]): Promise<{ ids: string[]; attemptId: string }> {
    const attemptId = randomUUID();
    return { ids: ids.length === 0 ? [] : await ledger.claim(ids, attemptId), attemptId };
  }
  const unconfirmed = (id: string, attemptId: string): SendRecord => ({
    ...{ id, attemptId, state: 'unconfirmed', code: 'invitation.unconfirmed' },
  });

  async function holdUnsent(importId: string): Promise<Pick<RestoreReport, 'sms' | 'emails'>> {
    await firstSends.closeImport(importId);
    const open = await invitations
      .find({ importId, superseded: false, state: { $in: ['pending', 'sending'] } })
      .toArray();
    const claimed = await putInDoubt(open.filter(({ state }) => state === 'pending').map(({ _id }) => _id));
    const emails = open.filter(({ channel }) => channel === 'email');
    const isClaimed = new Set(claimed.ids);
    await ledger.record(
      emails.map(({ _id, attempt }) => unconfirmed(_id, isClaimed.has(_id) ? claimed.attemptId : (attempt?.id ?? ''))),
    );
    return { sms: open.length - emails.length, emails: emails.length };
  }

  async function putOffReminders(): Promise<number> {
    let putOff = 0;
    const now = new Date();
    for await (const { _id: importId, organisationId } of imports.find({ remindAt: { $gt: new Date(0) } })) {
      const organisation = await organisations.findOne({ _id: organisationId });
      if (!organisation) continue;
      const due = { ...dueIn(organisation, now), importId };
      putOff += (await invitations.updateMany(due, { $currentDate: { reminderSkippedAt: true } })).modifiedCount;
    }
    return putOff;
  }

  return {
    /** To be called before a worker starts on a restored database. May be repeated. */
    async hold(): Promise<RestoreReport> {
      const report: RestoreReport = { imports: 0, sms: 0, emails: 0, reminders: await putOffReminders() };
      for await (const { _id } of imports.find({ checkAt: { $gt: new Date(0) } }, { projection: { _id: 1 } })) {
        // Before anything else: what it stages from now on is held by `holdNew`.
        await imports.updateOne({ _id }, [{ $set: { restoredAt: '$$NOW', ...WAKE_NOW } }]);
        const { sms, emails } = await holdUnsent(_id);
        report.imports++;
        report.sms += sms;
        report.emails += emails;
      }
      // Last: until all is held, workers take the database for one that was restored, and do not start.
      await createWatermark(collections).raise();
      return report;
    },

    /**
     * First invitations of an import that was restored, and which were made only then: the message of before, if there was one, has a
     * link that nobody knows, so no provider can be asked. They become `unconfirmed`. Resolves with what is left to send.
     */
    async holdNew(importId: string, pending: InvitationDoc[]): Promise<InvitationDoc[]> {
      const first = pending.filter(isNew);
      if (first.length === 0 || !(await imports.findOne({ _id: importId, restoredAt: { $exists: true } })))
        return pending;
      const { ids, attemptId } = await putInDoubt(first.map(({ _id }) => _id));
      await ledger.record(ids.map((id) => unconfirmed(id, attemptId)));
      return pending.filter((invitation) => !isNew(invitation));
    },
  };
}

const isNew = ({ generation, attempts }: InvitationDoc): boolean => generation === 1 && attempts === 0;
