import { readPersonQuery } from '../../domain/finding/person-query';
import { ensureIndexes } from '../../store/indexes';
import { UnknownCursorError } from '../../store/paging';
import { NAME_COLLATION } from '../../store/people/find-people';
import { openScratchStore, organisation, person, stagedRow, waits } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

/** The second differs from the first by what names are compared without. */
const [ORG, ALIKE] = ['harbour-wealth', 'HarbourWealth'];
const OTHERS = 2_000;

describe('Finding people in the store', () => {
  let scratch: ScratchStore;
  const named = (firstName: string, lastName: string, _id = `${firstName}:${lastName}`, organisationId = ORG) =>
    person(organisationId, { _id, firstName, lastName, emailKey: `${_id.toLowerCase()}@example.com` });

  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertMany([ORG, ALIKE].map(organisation));
    await scratch.collections.people.insertMany([
      named('Ann', 'Lee'),
      named('Annabel', 'O’Neill'),
      named('Jörg', 'Müller-Lüdenscheidt'),
      named('Rembrandt', 'van der Berg'),
      named('Lee', 'Ann'),
      named('Ann', 'Lee', 'elsewhere', ALIKE),
      ...Array.from({ length: 7 }, (_, i) => named('Bo', i < 4 ? 'Smith' : 'SMITH', `smith:${i}`)),
      ...Array.from({ length: OTHERS }, (_, i) => named(`Zoe${i}`, `Zander${i}`, `other:${i}`)),
    ]);
  });
  afterAll(() => scratch.close());

  async function find(text: string, limit = 50, whole = false, after?: string) {
    const criteria = readPersonQuery(text, { defaultCountry: 'GB', wholeAddresses: whole });
    return scratch.store.peopleSearch.find({ organisationId: ORG, criteria, limit, ...(after && { after }) });
  }
  const idsOf = async (text: string, whole = false) => (await find(text, 50, whole)).map(({ person: { _id } }) => _id);

  it.each([
    ['lee ann', ['Lee:Ann', 'Ann:Lee']],
    ['LEE A', ['Lee:Ann', 'Ann:Lee']],
    ['oneill', ['Annabel:O’Neill']],
    ["o'n", ['Annabel:O’Neill']],
    ['muller ludens', ['Jörg:Müller-Lüdenscheidt']],
    ['van der berg rem', ['Rembrandt:van der Berg']],
    ['Rem van der', ['Rembrandt:van der Berg']],
    ['berg', []],
  ])('%j finds people by the beginnings of their names, in either order', async (text, ids) => {
    expect((await idsOf(text, true)).sort()).toEqual([...ids].sort());
  });

  test('Nobody is found twice who matches twice', async () => {
    // By the address, the last name and the first name.
    expect((await idsOf('ann')).sort()).toEqual(['Ann:Lee', 'Annabel:O’Neill', 'Lee:Ann'].sort());
  });

  test('An organisation whose id is alike finds its own people only', async () => {
    const criteria = readPersonQuery('Ann Lee', { defaultCountry: null, wholeAddresses: false });
    const found = await scratch.store.peopleSearch.find({ organisationId: ALIKE, criteria, limit: 9 });
    expect(found.map(({ person: { _id } }) => _id)).toEqual(['elsewhere']);
  });

  test('Pages hold each namesake once, though somebody of the page before is renamed', async () => {
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const page = await find('smith', 3, true, after);
      pages.push(page.map(({ person: { _id } }) => _id));
      after = page.at(-1)?.cursor;
    } while (after !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1, 0]);
    expect([...pages.flat()].sort()).toEqual(Array.from({ length: 7 }, (_, i) => `smith:${i}`));

    const [first] = await find('smith', 1, true);
    await scratch.collections.people.updateOne({ _id: first!.person._id }, { $set: { lastName: 'Adams' } });
    const rest = await find('smith', 50, true, first!.cursor);
    expect(rest.map(({ person: { lastName } }) => lastName.toLowerCase())).toEqual(Array(6).fill('smith'));
  });

  test('A page after somebody who is gone, or in no criterion, is refused', async () => {
    for (const cursor of ['1:nobody', '99:smith:1', 'smith'])
      await expect(find('smith', 50, true, cursor)).rejects.toBeInstanceOf(UnknownCursorError);
  });

  test('A search reads what it shows and no more of the organisation', async () => {
    const { people } = scratch.collections;
    const examined = async (filter: object) => {
      const plan = await people
        .find(filter, { collation: NAME_COLLATION })
        .sort({ [Object.keys(filter)[1]!]: 1 })
        .limit(5)
        .explain('executionStats');
      const { totalKeysExamined, totalDocsExamined } = plan.executionStats as Record<string, number>;
      return Math.max(totalKeysExamined!, totalDocsExamined!);
    };
    for (const name of ['firstName', 'lastName'])
      expect(await examined({ organisationId: ORG, [name]: { $gte: 'z', $lt: 'z\uFFFF' } })).toBeLessThan(10);
  });

  test('People of an older build are found once its database is opened', async () => {
    const { people, rows } = scratch.collections;
    for (const key of ['organisationId_1_lastName_1', 'organisationId_1_firstName_1']) await people.dropIndex(key);
    await rows.dropIndex('plan.personId_1');
    await ensureIndexes(scratch.db);
    await ensureIndexes(scratch.db);
    expect(await idsOf('oneill')).toEqual(['Annabel:O’Neill']);
  });

  test('Rows that have created nobody are found by what was typed, and for support as a whole only', async () => {
    const { rows } = scratch.collections;
    const mary = person(ORG, { firstName: 'Mary', lastName: 'Unmade', emailKey: 'mary@example.com' });
    await rows.insertMany([
      { ...stagedRow(mary, { importId: 'one', row: 2 }), ...waits },
      {
        ...stagedRow(mary, { importId: 'one', row: 3 }),
        status: 'rejected',
        person: null,
        plan: { action: 'reject', channels: [] },
        cells: { firstName: ' mary', lastName: 'UNMADE', email: 'Mary@example' },
      },
      { ...stagedRow(person(ALIKE, mary), { importId: 'two', row: 2 }), ...waits, organisationId: ALIKE },
    ]);
    const unmade = async (text: string, whole = false) => {
      const criteria = readPersonQuery(text, { defaultCountry: 'GB', wholeAddresses: whole });
      const found = await scratch.store.peopleSearch.findUnmade(ORG, criteria, { limit: 9, whole });
      return found.map(({ _id }) => _id).sort();
    };
    expect(await unmade('unm mar')).toEqual(['one:2', 'one:3']);
    expect(await unmade('mary@')).toEqual(['one:2', 'one:3']);
    expect(await unmade(mary.mobile)).toEqual(['one:2']);
    expect(await unmade('unmade', true)).toEqual(['one:2', 'one:3']);
    expect(await unmade('unmad', true)).toEqual(['one:2']);
    expect(await unmade('mary@', true)).toEqual([]);
  });
});
