import type { ImportStatus } from '../../contract/import-status';
import type { RowDoc } from '../../store/documents';
import { rowId } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { commandsOf, documentsOf } from '../support/documents-examined';
import {
  openScratchStore,
  organisation,
  person,
  sentInvitation,
  stagedRow,
  staffMember,
  waits,
} from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('An import with rows that wait for a client team', () => {
  let scratch: ScratchStore;
  let org: string;
  let teamId: string;
  let importId: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(async () => {
    org = uniqueName('org-');
    teamId = uniqueName('team-');
    await scratch.collections.organisations.insertOne(organisation(org));
    await scratch.collections.clientTeams.insertOne({
      _id: teamId,
      organisationId: org,
      name: teamId,
      nameKey: teamId,
    });
    importId = await importThatWaits(teamId);
  });
  afterAll(() => scratch.close());

  async function importThatWaits(forTeam: string, status: ImportStatus = 'waiting'): Promise<string> {
    const _id = uniqueName('import-');
    await scratch.collections.imports.insertOne({
      _id,
      organisationId: org,
      status,
      revision: 0,
      retries: [],
    } as never);
    const row = { _id: rowId(_id, 2), organisationId: org, importId: _id, row: 2, ...waits };
    await scratch.collections.rows.insertOne({ ...row, person: { teamIds: [forTeam] } } as RowDoc);
    return _id;
  }
  async function member(active: boolean, teamIds = [teamId]): Promise<string> {
    const someone = staffMember(org, { active, teamIds });
    await scratch.collections.people.insertOne(someone);
    return someone._id;
  }
  const isMarked = async (id = importId): Promise<boolean> =>
    (await scratch.collections.imports.findOne({ _id: id }))!.wakeAt !== undefined;

  test.each<[string, () => Promise<unknown>]>([
    ['a staff member is activated', async () => scratch.store.staff.activate(org, await member(false))],
    [
      'a staff member accepts their invitation',
      async () => {
        const _id = await member(false);
        const invitation = sentInvitation(staffMember(org, { _id }));
        await scratch.collections.invitations.insertOne(invitation);
        return scratch.store.acceptance.accept(invitation.token);
      },
    ],
    [
      'an active staff member joins the team',
      async () => scratch.store.teamChanges.addStaff(org, teamId, [await member(true, [])]),
    ],
    [
      'a file gives the team to an active staff member',
      async () => scratch.store.teamChanges.assign(org, await member(true, []), [teamId]),
    ],
    ['the days of waiting change', () => scratch.store.organisations.change(org, { waitingDays: 3 })],
  ])('is marked in the write by which %s', async (_what, act) => {
    const others = [await importThatWaits('another'), await importThatWaits(teamId, 'cancelled')];
    await act();
    expect(await isMarked()).toBe(true);
    for (const other of others) expect(await isMarked(other)).toBe(false);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'somebody joins who is not active',
      async () => scratch.store.teamChanges.addStaff(org, teamId, [await member(false, [])]),
    ],
    [
      'a file gives the team to somebody who is not active',
      async () => scratch.store.teamChanges.assign(org, await member(false, []), [teamId]),
    ],
    ['a member of another team is activated', async () => scratch.store.staff.activate(org, await member(false, []))],
    ['another setting changes', () => scratch.store.organisations.change(org, { strict: true })],
  ])('is not marked when %s', async (_what, act) => {
    await act();
    expect(await isMarked()).toBe(false);
  });

  test.each<[ImportStatus, boolean]>([
    ['planning', true],
    ['creating', true],
    ['inviting', true],
    ['settling', true],
    ['paused', true],
    ['needs-attention', true],
    // It looks once its plan is applied.
    ['awaiting-approval', false],
    ['failed', false],
  ])('that is %s is marked: %s', async (status, expected) => {
    const id = await importThatWaits(teamId, status);
    await scratch.store.staff.activate(org, await member(false));
    expect(await isMarked(id)).toBe(expected);
  });

  test('is looked for among the rows that wait, not among those with other problems or that waited until they were cancelled', async () => {
    const { rows } = scratch.collections;
    const by = person(org);
    const remarks = [{ code: 'mobile.shared', column: null, letter: null, value: null }] as const;
    const cancelled = uniqueName('import-');
    await rows.insertMany(
      Array.from({ length: 100 }, (_, i) => [
        { ...stagedRow(by, { importId: uniqueName('import-'), row: 2 }), problems: [...remarks] },
        { ...stagedRow(by, { importId: cancelled, row: i + 2 }), ...waits },
      ]).flat(),
    );
    const { waitingRows: before } = await scratch.store.backlog.count();
    await scratch.store.rows.finishAllOpen(cancelled, 'cancelled');
    const count = before - 100;
    expect((await scratch.store.backlog.count()).waitingRows).toBe(count);
    const someone = await member(false);

    const readFor = async (work: () => Promise<unknown>) =>
      documentsOf((await commandsOf(scratch.db, work)).filter(({ ns }) => ns.endsWith('.rows')));
    const criteria = [{ by: 'name' as const, lastName: by.lastName }];
    expect(await readFor(() => scratch.store.staff.activate(org, someone))).toBe(1);
    expect(await readFor(() => scratch.store.backlog.count())).toBe(count);
    expect(await readFor(() => scratch.store.peopleSearch.findUnmade(org, criteria, { limit: 9, whole: false }))).toBe(
      1,
    );
    expect(await isMarked()).toBe(true);
  });

  test('keeps a mark whose transaction began before an older mark was cleared', async () => {
    const someone = await member(false);
    await scratch.collections.imports.updateOne({ _id: importId }, { $set: { wakeAt: new Date(0) } });
    for (let tries = 0; tries < 20; tries++) {
      await scratch.collections.people.updateOne({ _id: someone }, { $set: { active: false } });
      let isSeen = false;
      await Promise.all([
        scratch.store.staff.activate(org, someone),
        (async () => {
          const taken = await scratch.store.outbox.takeSignal();
          if (!taken) return;
          // As the workflow looks once it is signalled.
          isSeen = (await scratch.store.staff.find(org, someone))!.active;
          await scratch.store.outbox.clearSignal(taken);
        })(),
      ]);
      if (!isSeen) expect(await isMarked()).toBe(true);
      await scratch.collections.imports.updateOne({ _id: importId }, { $set: { wakeAt: new Date(0) } });
    }
  });
});
