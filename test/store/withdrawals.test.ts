import type { ImportStatus } from '../../contract/import-status';
import { invitationId } from '../../store/documents';
import type { InvitationDoc } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { openScratchStore, organisation, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('A withdrawal', () => {
  let scratch: ScratchStore;
  const org = uniqueName('org-');
  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertOne(organisation(org));
  });
  afterAll(() => scratch.close());

  async function anImport(status: ImportStatus = 'scheduled'): Promise<string> {
    const _id = uniqueName('import-');
    const fields = { organisationId: org, status, createdAt: new Date(), retries: [], revision: 1 };
    await scratch.collections.imports.insertOne({ _id, ...fields } as never);
    return _id;
  }
  /** Somebody with an SMS that waits. */
  async function waiting(importId: string, change: Partial<InvitationDoc> = {}) {
    const someone = person(org);
    const invitation = sentInvitation(someone, { importId, row: 2, channel: 'sms', state: 'pending', ...change });
    await scratch.collections.people.insertOne(someone);
    await scratch.collections.invitations.insertOne(invitation);
    return { id: someone._id, invitation };
  }
  const statesOf = async (importId: string) =>
    (await scratch.store.invitations.allGenerations(importId)).map(
      ({ channel, generation, state, code }) => `${channel} ${generation} ${state}${code ? ` ${code}` : ''}`,
    );
  const deactivate = (id: string) => scratch.store.provisioned.deactivate(org, id);
  const takeBack = (id: string) => scratch.store.withdrawals.takeBack(org, id);
  const importDoc = async (id: string) => (await scratch.store.imports.find(id))!;

  test.each<ImportStatus>(['scheduled', 'inviting', 'completed', 'needs-attention', 'paused'])(
    'that is taken back opens what it has stopped once, in an import that is %s, and has its workflow told',
    async (status) => {
      const importId = await anImport(status);
      const { id, invitation } = await waiting(importId);
      await deactivate(id);
      expect(await statesOf(importId)).toEqual(['sms 1 suppressed person.deactivated']);
      await scratch.collections.imports.updateOne({ _id: importId }, { $set: { status }, $unset: { wakeAt: '' } });
      const opened = await Promise.all([takeBack(id), takeBack(id), takeBack(id)]);
      expect(opened.reduce((sum, count) => sum + count)).toBe(1);
      expect(await statesOf(importId)).toEqual(['sms 1 suppressed person.deactivated', 'sms 2 pending']);
      const next = await scratch.collections.invitations.findOne({ _id: invitationId(importId, 2, 'sms', 2) });
      expect(next!.token).not.toBe(invitation.token);
      const changed = await importDoc(importId);
      expect(changed.status).toBe(status === 'paused' ? 'paused' : 'inviting');
      expect(changed.wakeAt).toBeInstanceOf(Date);
      expect(await scratch.collections.people.findOne({ _id: id })).toMatchObject({ active: false });
      expect(await takeBack(id)).toBe(0);
    },
  );

  test.each<ImportStatus>(['cancelled', 'failed', 'undoing', 'undone'])(
    'opens nothing in an import that is %s',
    async (status) => {
      const importId = await anImport(status);
      const { id } = await waiting(importId);
      await deactivate(id);
      expect(await takeBack(id)).toBe(0);
      expect(await statesOf(importId)).toEqual(['sms 1 suppressed person.deactivated']);
      expect((await importDoc(importId)).status).toBe(status);
      expect((await scratch.collections.people.findOne({ _id: id }))!.deactivatedAt).toBeUndefined();
    },
  );

  test('opens nothing for who has joined, and nothing that another import has sent since', async () => {
    const [one, other] = [await anImport(), await anImport('completed')];
    const joined = await waiting(one);
    await scratch.collections.people.updateOne({ _id: joined.id }, { $set: { active: true, activeSince: new Date() } });
    await deactivate(joined.id);
    expect(await takeBack(joined.id)).toBe(0);
    expect(await scratch.collections.people.findOne({ _id: joined.id })).toMatchObject({ active: true });
    // And whoever was never withdrawn stays as they are, also where an older build has not noted since when they are active.
    await scratch.collections.people.updateOne({ _id: joined.id }, { $unset: { activeSince: '' } });
    await takeBack(joined.id);
    expect(await scratch.collections.people.findOne({ _id: joined.id })).toMatchObject({ active: true });

    const { id } = await waiting(one, { row: 3 });
    await deactivate(id);
    const someone = (await scratch.collections.people.findOne({ _id: id }))!;
    const later = new Date(Date.now() + 1_000);
    await scratch.store.invitations.stage([
      sentInvitation(someone, { importId: other, row: 2, channel: 'sms', state: 'sent', createdAt: later }),
    ]);
    expect(await takeBack(id)).toBe(0);
  });

  test('stops nothing for whom it was taken back since the step has read them, however the two meet', async () => {
    for (let round = 0; round < 10; round++) {
      const importId = await anImport('inviting');
      const { id, invitation } = await waiting(importId);
      await scratch.collections.people.updateOne({ _id: id }, { $set: { deactivatedAt: new Date() } });
      await Promise.all([scratch.store.withdrawals.suppress(importId, [invitation._id]), takeBack(id)]);
      const newest = (await scratch.store.invitations.find({ importId })).map(({ state }) => state);
      expect(newest).toEqual(['pending']);
    }
  });

  test('stops those alone who are deactivated', async () => {
    const importId = await anImport('inviting');
    const [leaves, stays] = [await waiting(importId), await waiting(importId, { row: 3 })];
    await scratch.collections.people.updateOne({ _id: leaves.id }, { $set: { deactivatedAt: new Date() } });
    await scratch.store.withdrawals.suppress(importId, [leaves.invitation._id, stays.invitation._id]);
    expect(await statesOf(importId)).toEqual(['sms 1 suppressed person.deactivated', 'sms 1 pending']);
  });
});
