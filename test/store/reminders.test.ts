import { setTimeout as sleep } from 'node:timers/promises';
import type { InvitationState } from '../../contract/invitation';
import type { ImportDoc, InvitationDoc, PersonDoc } from '../../store/documents';
import type { OrganisationSettings } from '../../store/organisation-settings';
import { collectionsOf, invitationId } from '../../store/documents';
import { createReminders } from '../../store/invitations/reminders';
import { openMongo } from '../../store/mongo';
import type { Mongo } from '../../store/mongo';
import { sharedServers, uniqueName } from '../support/environment';
import { openScratchStore, organisation, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * HOUR_MS);

describe('Reminders', () => {
  let scratch: ScratchStore;
  let org: string;
  let importId: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(async () => {
    // What another test has left due must not be found by this one.
    await scratch.collections.organisations.deleteMany({});
    org = uniqueName('org-');
    await scratch.collections.organisations.insertOne(organisation(org));
    importId = await anImport();
  });
  afterAll(() => scratch.close());

  async function anImport(change: Partial<ImportDoc> = {}): Promise<string> {
    const _id = uniqueName('import-');
    const document = { _id, organisationId: org, status: 'completed', createdAt: new Date(), retries: [], revision: 3 };
    await scratch.collections.imports.insertOne({
      ...document,
      closedAt: new Date(),
      remindAt: hoursAgo(1),
      ...change,
    } as never);
    return _id;
  }

  let row = 1;
  /** Somebody who was invited 25 hours ago and has not accepted, unless told otherwise. */
  async function invited(change: Partial<InvitationDoc> = {}, who: Partial<PersonDoc> = {}): Promise<InvitationDoc> {
    const someone = person(org, who);
    const at = hoursAgo(25);
    const invitation = sentInvitation(someone, { importId, row: ++row, createdAt: at, changedAt: at, ...change });
    await scratch.collections.people.insertOne(someone);
    await scratch.collections.invitations.insertOne(invitation);
    return invitation;
  }

  const settings = (reminders: Partial<OrganisationSettings>) => scratch.store.organisations.change(org, reminders);
  const dueImports = () => scratch.store.reminders.findDue(50);
  const open = (id = importId, reminderId = uniqueName('reminder:')) => scratch.store.reminders.open(id, reminderId);
  const importDoc = async (id = importId) => (await scratch.collections.imports.findOne({ _id: id }))!;
  const nextOf = ({ importId: id, row: line, channel, generation }: InvitationDoc) =>
    scratch.collections.invitations.findOne({ _id: invitationId(id, line, channel, generation + 1) });

  test('When a day has passed since it was sent, then a newer one with a new link takes its place and its import is open again', async () => {
    const invitation = await invited();
    expect(await scratch.store.reminders.findDue(50)).toEqual([importId]);
    expect(await open()).toBe(1);

    const next = (await nextOf(invitation))!;
    expect(next).toMatchObject({ state: 'pending', attempts: 0, reminders: 1, superseded: false });
    expect(next.token).not.toBe(invitation.token);
    const old = await scratch.collections.invitations.findOne({ _id: invitation._id });
    expect(old).toMatchObject({ state: 'sent', superseded: true, token: invitation.token });
    const found = await importDoc();
    expect(found).toMatchObject({ status: 'inviting', revision: 4, wakeAt: expect.any(Date) as Date });
    expect(found).not.toHaveProperty('closedAt');
    expect(await dueImports()).toEqual([]);
  });

  test('When a request is run again, then it tells the same and opens nothing more', async () => {
    await invited();
    expect([await open(importId, 'one'), await open(importId, 'one'), await open(importId, 'two')]).toEqual([1, 1, 0]);
    expect((await importDoc()).revision).toBe(4);
  });

  test('When ten requests come at once, then each person is reminded by one of them', async () => {
    const everybody = [];
    for (let i = 0; i < 5; i++) everybody.push(await invited());
    const opened = await Promise.all(Array.from({ length: 10 }, () => open()));
    expect(opened.reduce((sum, count) => sum + count, 0)).toBe(5);
    const all = await scratch.collections.invitations.find({ importId, superseded: false }).toArray();
    expect(all.map(({ generation }) => generation)).toEqual(everybody.map(() => 2));
  });

  test.each<[InvitationState, number]>([
    ['sent', 1],
    ['delivered', 1],
    ['pending', 0],
    ['sending', 0],
    ['failed', 0],
    ['unconfirmed', 0],
    ['bounced', 0],
    ['suppressed', 0],
    ['cancelled', 0],
    ['accepted', 0],
  ])('When an invitation is %s, then it is repeated %i times', async (state, count) => {
    await invited({ state });
    expect(await dueImports()).toHaveLength(count);
    expect(await open()).toBe(count);
  });

  test.each<[string, number, Partial<PersonDoc>, Partial<InvitationDoc>]>([
    ['has joined by another channel', 0, { active: true }, {}],
    ['was deactivated', 0, { deactivatedAt: new Date() }, {}],
    ['wants no more e-mails', 0, { optedOut: ['email'] }, {}],
    ['wants no more SMS', 1, { optedOut: ['sms'] }, {}],
    ['was invited 23 hours ago', 0, {}, { changedAt: hoursAgo(23) }],
    ['has been reminded four times', 1, {}, { reminders: 4 }],
    ['has been reminded five times', 0, {}, { reminders: 5 }],
  ])('When the person %s, then %i reminders are opened', async (_what, count, who, change) => {
    await invited(change, who);
    expect(await open()).toBe(count);
    expect(await dueImports()).toEqual([]);
  });

  test('When the person was removed, then nobody is reminded', async () => {
    const { personId } = await invited();
    await scratch.collections.people.deleteOne({ _id: personId });
    expect(await open()).toBe(0);
  });

  test('When another import has invited the person on this channel since, then that one reminds them and this one does not', async () => {
    const older = await invited({ createdAt: hoursAgo(50), changedAt: hoursAgo(50) });
    const other = await anImport();
    await scratch.collections.invitations.insertOne({
      ...older,
      _id: invitationId(other, 2, 'email', 1),
      importId: other,
      row: 2,
      token: uniqueName('token-'),
      createdAt: hoursAgo(25),
      changedAt: hoursAgo(25),
    });
    expect([await open(importId), await open(other)]).toEqual([0, 1]);
  });

  test.each(['open', 'remind'] as const)(
    'When another import retries its message to the person before a reminder is committed (%s), then one of both is sent',
    async (how) => {
      const older = await invited({ createdAt: hoursAgo(50), changedAt: hoursAgo(50) });
      const other = await anImport();
      await scratch.collections.invitations.insertOne({
        ...older,
        ...{ _id: invitationId(other, 2, 'email', 1), importId: other, row: 2, token: uniqueName('token-') },
        ...{ state: 'failed', code: 'invitation.undelivered', createdAt: hoursAgo(25), changedAt: hoursAgo(25) },
      });
      let retried: Promise<unknown> | undefined;
      const mongo = openMongo(sharedServers().mongodbUri, scratch.db.databaseName);
      const transaction: Mongo['transaction'] = (work) =>
        mongo.transaction(async (session) => {
          await work(session);
          retried ??= scratch.store.generations.open({ importId: other, retryId: 'retry' });
          // It ends meanwhile, unless the two conflict.
          await Promise.race([retried, sleep(500)]);
        });
      const reminders = createReminders(collectionsOf(mongo.db), transaction, () => uniqueName('token-'));
      await (how === 'open'
        ? reminders.open(importId, uniqueName('reminder:'))
        : reminders.remind({ importId, remindId: uniqueName('resend:') }));
      await retried;
      await mongo.close();
      const { personId } = older;
      expect(await scratch.collections.invitations.countDocuments({ personId, state: 'pending' })).toBe(1);
    },
  );

  test.each<[string, Partial<ImportDoc>]>([
    ['paused', { status: 'paused', pausedBy: { staff: { at: new Date() } } }],
    ['held back by a provider while rows wait', { status: 'waiting', pausedBy: { sms: { at: new Date() } } }],
    ['cancelled', { status: 'cancelled' }],
    ['failed', { status: 'failed' }],
  ])(
    'When an import is %s, then its invitations are left alone, and do not keep those of others from being found',
    async (_what, change) => {
      importId = await anImport(change);
      await invited();
      const before = await importDoc();
      expect(await open()).toBe(0);
      expect(await importDoc()).toEqual(before);
      expect(await dueImports()).toEqual([]);
    },
  );

  test('When what was in the way is gone, then they are reminded once the time between two reminders has passed again', async () => {
    const { personId } = await invited({}, { optedOut: ['email'] });
    expect(await open()).toBe(0);
    await scratch.collections.people.updateOne({ _id: personId }, { $unset: { optedOut: '' } });
    expect(await open()).toBe(0);
    expect(await scratch.store.reminders.open(importId, 'later', new Date(Date.now() + 25 * HOUR_MS))).toBe(1);
  });

  test('When an organisation has settings of its own, then they are what counts', async () => {
    await invited({ changedAt: hoursAgo(3), reminders: 1 });
    await invited({ changedAt: hoursAgo(3), channel: 'sms' });
    expect(await open()).toBe(0);
    await settings({ reminders: { everyHours: 2, atMost: 0 } });
    expect(await open()).toBe(0);
    await settings({ reminders: { everyHours: 2, atMost: 1 }, channels: ['email'] });
    expect(await open()).toBe(0);
    await settings({ reminders: { everyHours: 2, atMost: 2 } });
    expect(await open()).toBe(1);
    await settings({ channels: ['sms'] });
    expect(await open()).toBe(1);
  });

  test('When many imports have something due, then those that have waited for longest are first', async () => {
    const ids = [];
    for (const days of [2, 5, 3]) {
      importId = await anImport({ remindAt: hoursAgo((days - 1) * 24) });
      await invited({ changedAt: hoursAgo(days * 24) });
      ids.push(importId);
    }
    const first = await scratch.store.reminders.findDue(2);
    expect(first.toSorted()).toEqual([ids[1], ids[2]].sort());
    for (const id of ids) await open(id);
    expect(await dueImports()).toEqual([]);
  });

  test('When support retries what a reminder has come to, then the count goes on from there', async () => {
    const invitation = await invited({ reminders: 3 });
    await open();
    await scratch.collections.invitations.updateOne(
      { _id: (await nextOf(invitation))!._id },
      { $set: { state: 'failed' } },
    );
    const [retried] = await scratch.store.generations.open({ importId, retryId: 'retry' });
    expect(retried).toMatchObject({ generation: 3, reminders: 4 });
  });

  describe('An import is looked at again', () => {
    const looksAt = async (now = new Date()) => {
      await scratch.store.reminders.findDue(50, now);
      const { remindAt } = await importDoc();
      return remindAt && Math.round((remindAt.getTime() - now.getTime()) / HOUR_MS);
    };

    test('when its next reminder is due, and not before', async () => {
      await invited({ changedAt: hoursAgo(20) });
      await invited({ changedAt: hoursAgo(10) });
      expect(await looksAt()).toBe(4);
    });

    test('when what was in the way may be gone', async () => {
      for (let i = 0; i < 3; i++) await invited({}, { active: true });
      await open();
      expect(await looksAt()).toBe(24);
    });

    test('while it is open', async () => {
      await scratch.collections.imports.updateOne({ _id: importId }, { $unset: { closedAt: '' } });
      await invited({ state: 'accepted' });
      expect(await looksAt()).toBe(24);
    });

    test('while a provider may still report on a message, and no longer', async () => {
      await invited({ state: 'unconfirmed', changedAt: hoursAgo(100) });
      expect(await looksAt()).toBe(24);
      expect(await looksAt(new Date(Date.now() + 7 * 24 * HOUR_MS))).toBeUndefined();
    });

    test('never where all have accepted, unless it is closed again or the settings change', async () => {
      await invited({ state: 'accepted' });
      expect(await looksAt()).toBeUndefined();
      await scratch.collections.imports.updateOne({ _id: importId }, { $set: { status: 'inviting' } });
      await scratch.store.imports.close(importId, 'completed', 3);
      expect((await importDoc()).remindAt).toEqual(expect.any(Date));
      expect(await looksAt()).toBeUndefined();
      await scratch.collections.imports.updateOne({ _id: importId }, { $set: { plannedAt: new Date() } });
      await settings({ reminders: { everyHours: 24, atMost: 6 } });
      expect((await importDoc()).remindAt).toEqual(expect.any(Date));
    });
  });

  describe('by staff', () => {
    const resend = (selection: { rows?: number[]; channels?: ('email' | 'sms')[] } = {}) =>
      scratch.store.reminders.remind({ importId, remindId: uniqueName('resend:'), ...selection });

    test('When it was sent two hours ago, then it is sent again, which counts as no reminder', async () => {
      const invitation = await invited({ changedAt: hoursAgo(2), reminders: 5 });
      const { opened } = await resend();
      expect(opened).toMatchObject([{ row: invitation.row, generation: 2, reminders: 5, state: 'pending' }]);
      expect(await importDoc()).toMatchObject({ status: 'inviting', wakeAt: expect.any(Date) as Date });
    });

    test('When nothing can be sent again, then it tells how many are left alone and why, and changes nothing', async () => {
      await invited({ changedAt: hoursAgo(0.5) });
      await invited({}, { active: true });
      await invited({}, { optedOut: ['email'] });
      await invited({ state: 'bounced' });
      const before = await importDoc();
      expect(await resend()).toEqual({
        opened: [],
        isPaused: false,
        obstacles: { 'too-soon': 1, joined: 1, 'opted-out': 1 },
      });
      expect(await importDoc()).toEqual(before);
    });

    test('When rows and channels are named, then nothing else is sent again', async () => {
      const [first, second, third] = [await invited(), await invited(), await invited({ channel: 'sms' })];
      const { opened } = await resend({ rows: [first.row, third.row], channels: ['email'] });
      expect(opened.map((one) => one.row)).toEqual([first.row]);
      expect([await nextOf(second), await nextOf(third)]).toEqual([null, null]);
    });

    test('When the import is paused, then nothing is sent again', async () => {
      importId = await anImport({ status: 'paused', pausedBy: { email: { at: new Date() } } });
      await invited();
      expect(await resend()).toMatchObject({ opened: [], isPaused: true });
    });

    test('When ten ask at once, then it is sent again once', async () => {
      await invited();
      const answers = await Promise.all(Array.from({ length: 10 }, () => resend()));
      expect(answers.reduce((sum, { opened }) => sum + opened.length, 0)).toBe(1);
    });
  });

  test('When the person follows the old link while the reminder waits, then it works and the reminder is not sent', async () => {
    const invitation = await invited();
    await open();
    expect((await scratch.store.acceptance.accept(invitation.token)).kind).toBe('accepted');
    expect((await nextOf(invitation))!.state).toBe('suppressed');
  });
});
