import { valuesOf } from '../../domain/person';
import type { PersonDoc, RowDoc } from '../../store/documents';
import { rowId } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { openScratchStore, organisation, staffMember, stagedRow } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('The undo of imports of staff', () => {
  let scratch: ScratchStore;
  let org: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());
  beforeEach(async () => {
    org = uniqueName('org-');
    await scratch.collections.organisations.insertOne(organisation(org));
  });

  async function team(): Promise<string> {
    const _id = uniqueName('team-');
    await scratch.collections.clientTeams.insertOne({ _id, organisationId: org, name: _id, nameKey: _id });
    return _id;
  }
  /** A row that has created this person, or changed them. */
  async function applied(importId: string, row: number, member: PersonDoc, isNew: boolean): Promise<void> {
    const { _id, organisationId } = member;
    const document: RowDoc = {
      ...{ _id: rowId(importId, row), organisationId, importId, row, status: isNew ? 'created' : 'updated' },
      person: valuesOf(member),
      plan: { action: isNew ? 'create' : 'update', channels: [], ...(!isNew && { personId: _id }) },
      ...{ problems: [], repairs: [] },
    };
    await scratch.collections.rows.replaceOne({ _id: document._id }, document, { upsert: true });
  }
  const begun = async (by: Pick<RowDoc, 'importId' | 'row'>, to: PersonDoc) => {
    await scratch.collections.rows.insertOne(stagedRow(to, by));
  };
  async function member(teamIds: string[], change: Partial<PersonDoc> = {}): Promise<PersonDoc> {
    const created = staffMember(org, { teamIds, ...change });
    await scratch.collections.people.insertOne(created);
    return created;
  }
  const find = async ({ _id }: Pick<PersonDoc, '_id'>) => scratch.collections.people.findOne({ _id });
  const outcomes = async (importId: string) =>
    (await scratch.store.undo.done(importId)).map(({ line, outcome, keptFields }) => [line, outcome, keptFields]);

  test('removes all but the last one of a team, as the dry run says', async () => {
    const [shared, own] = [await team(), await team()];
    const importId = uniqueName('import-');
    await member([own]);
    const created = [];
    for (const [i, teamIds] of [[shared, own], [shared], [own]].entries()) {
      const one = await member(teamIds, { _id: rowId(importId, i + 2), importId, row: i + 2 });
      await applied(importId, i + 2, one, true);
      created.push(one);
    }
    const planned = (await scratch.store.undo.plan(importId)).map(({ line, outcome }) => [line, outcome]);
    expect(planned).toEqual([
      [2, 'undone'],
      [3, 'last-of-team'],
      [4, 'undone'],
    ]);
    await scratch.store.undo.next(importId, 0);
    expect((await outcomes(importId)).map(([line, outcome]) => [line, outcome])).toEqual(planned);
    expect(await Promise.all(created.map(find))).toEqual([null, created[1], null]);
  });

  test('gives former teams back, also where the step that changed them was repeated', async () => {
    const [before, after, gone] = [await team(), await team(), await team()];
    const by = { importId: uniqueName('import-'), row: 2 };
    const one = await member([before, gone]);
    const other = await member([before, after]);
    await begun(by, one);
    for (let times = 0; times < 2; times++) {
      await scratch.store.teamChanges.assign(org, one._id, [after], by);
      await scratch.store.people.update(org, [{ personId: one._id, fields: { lastName: 'New' }, by }]);
    }
    await member([gone]);
    await applied(by.importId, 2, (await find(one))!, false);
    await scratch.store.undo.next(by.importId, 0);
    expect(await outcomes(by.importId)).toEqual([[2, 'undone', []]]);
    expect(await find(one)).toMatchObject({ lastName: 'Family', teamIds: [before, gone], overwritten: [] });
    expect(await find(other)).toEqual(other);
  });

  test('keeps teams that cannot come back, and gives the other fields back', async () => {
    const [before, after] = [await team(), await team()];
    const by = { importId: uniqueName('import-'), row: 2 };
    const one = await member([before]);
    await member([before]);
    await begun(by, one);
    await scratch.store.teamChanges.assign(org, one._id, [after], by);
    await scratch.store.people.update(org, [{ personId: one._id, fields: { lastName: 'New' }, by }]);
    await applied(by.importId, 2, (await find(one))!, false);
    // Nobody else is in its new team.
    await scratch.store.undo.next(by.importId, 0);
    expect(await outcomes(by.importId)).toEqual([[2, 'last-of-team', ['teamIds']]]);
    expect(await find(one)).toMatchObject({ lastName: 'Family', teamIds: [after] });
  });

  test('Without a change there is nothing that a value has replaced', async () => {
    const one = await member([]);
    const by = { importId: uniqueName('import-'), row: 2 };
    await begun(by, one);
    await scratch.store.people.update(org, [{ personId: one._id, fields: {}, by }]);
    expect(await find(one)).toEqual({ ...one, updatedBy: by });
  });
});
