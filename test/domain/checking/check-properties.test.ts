import fc from 'fast-check';
import { IMPORT_KINDS, ON_EXISTING } from '../../../contract/import';
import { PLANNED_ACTIONS } from '../../../contract/row-plan';
import { checkRows, emailKeysOf } from '../../../domain/checking/check-rows';
import type { CheckContext, CheckedRow } from '../../../domain/checking/check-rows';
import { columnsOf } from '../../../domain/columns';
import { EXAMPLE_ROWS } from '../../../domain/example-row';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { PROBLEM_CATALOGUE } from '../../../domain/problems/texts/catalogue';
import type { HeldTable } from '../../../domain/table';
import { contextWith, GOOD_CELLS, knowing, knownStaff, knownWith, tableOfCells } from '../tables';
import type { Cells } from '../tables';

/** Everything a string can be, halves of characters included. */
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constant('\ud83d'),
);
const around = fc.constantFrom('', '', '', ' ', '\u00a0', '\t', "'", '\u200b');
/** A value with what may stand around it by mistake. */
const loose = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: fc.tuple(around, value, around).map((parts) => parts.join('')), weight: 9 }, anything);

const name = fc.constantFrom('Ann', "O'Neill", '=1+1', '王小明', 'فاطمة', 'x'.repeat(101), '', 'Jane', 'A\nB');
const localPart = fc.constantFrom('ann.lee', 'Ann.Lee', 'bob', 'jane.example', '+x', 'a..b', '');
const domain = fc.constantFrom('example.com', 'EXAMPLE.com', 'gmial.com', 'münchen.de', 'b', '');
const email = fc.tuple(localPart, fc.constantFrom('@', '@', '@', ''), domain).map((parts) => parts.join(''));
const mobile = fc.constantFrom(
  ...[
    '+12025550123',
    '+447911123456',
    '07911 123456',
    '00447911123456',
    '447911123456',
    '+442079460958',
    '4.4E+11',
    '1',
    '',
  ],
);
const role = fc.constantFrom('', 'client', 'Client', 'staff', 'System  Administrator', 'Support', 'Boss');
const group = fc.constantFrom('', 'Mayfair', 'riverside', 'Empty_Quarter', 'Nowhere', 'May fair');
const teams = fc.array(group, { maxLength: 4 }).map((names) => names.join(';'));
const cells: fc.Arbitrary<Cells> = fc.record({
  firstName: loose(name),
  lastName: loose(name),
  email: loose(fc.oneof(email, mobile)),
  mobile: loose(fc.oneof({ arbitrary: mobile, weight: 5 }, email)),
  role: loose(role),
  company: loose(name),
  group: loose(group),
  teams: loose(teams),
});
const address = fc.oneof(
  fc.nat(30).map((n) => `person${n}@example.com`),
  fc.constantFrom('ann.lee@example.com', 'Bob@example.com', '+x@example.com'),
);
/** Most rows are good but for a cell or two, so that good ones are among them. */
const someCells = (kind: CheckContext['kind']): fc.Arbitrary<Cells> =>
  fc.tuple(cells, address, fc.subarray([...columnsOf(kind)], { maxLength: 3 })).map(([odd, own, changed]) => ({
    ...GOOD_CELLS[kind],
    email: own,
    ...Object.fromEntries(changed.map(({ key }) => [key, odd[key]])),
  }));
const row = (kind: CheckContext['kind']): fc.Arbitrary<Cells> =>
  fc.oneof({ arbitrary: someCells(kind), weight: 8 }, cells, fc.constant(EXAMPLE_ROWS[kind]));

const people = fc.subarray([
  knownWith({ id: '1', active: true }),
  knownWith({ id: '2', emailKey: 'bob@example.com', teamIds: ['team-3'] }),
  knownStaff({ id: '3', emailKey: '+x@example.com' }),
]);
const context: fc.Arbitrary<CheckContext> = fc
  .record({
    kind: fc.constantFrom(...IMPORT_KINDS),
    defaultCountry: fc.constantFrom(null, 'GB', 'US', 'XX'),
    defaultTeamId: fc.constantFrom(null, 'team-1', 'team-3', 'gone'),
    known: people.map((some) => knowing(...some)),
    strict: fc.boolean(),
    onExisting: fc.constantFrom(...ON_EXISTING),
    channels: fc.subarray(['email', 'sms'] as const),
    ignored: fc.array(fc.integer({ min: 2, max: 13 }), { maxLength: 2 }).map((lines) => new Set(lines)),
  })
  .map(contextWith);

type Scenario = [rows: Cells[], given: CheckContext];
const scenario: fc.Arbitrary<Scenario> = context.chain((given) =>
  fc.tuple(fc.array(row(given.kind), { maxLength: 12 }), fc.constant(given)),
);

const table = (kind: CheckContext['kind'], some: readonly Cells[]): HeldTable => tableOfCells(kind, some);
const isRefused = ({ problems }: CheckedRow): boolean =>
  problems.some(({ code }) => PROBLEM_CATALOGUE[code].severity === 'error');

const isWarned = ({ problems }: Pick<CheckedRow, 'problems'>): boolean =>
  problems.some(({ code }) => code === 'group.waiting');

describe('Any table of strings', () => {
  it('When it is checked, then every line comes to exactly one action, for reasons that can be told', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(scenario, ([some, given]) => {
        const read = table(given.kind, some);
        const checked = checkRows(read, given);
        expect(checked.map(({ line }) => line)).toEqual(read.rows.map(({ line }) => line));

        const counts = PLANNED_ACTIONS.map((action) => checked.filter(({ plan }) => plan.action === action).length);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(some.length);
        for (const row of checked) {
          const { action, channels, changes, personId } = row.plan;
          seen.add(action);
          expect(action === 'reject').toBe(isRefused(row));
          expect(row.person === null).toBe(['reject', 'skip', 'ignore'].includes(action));
          expect(changes !== undefined).toBe(action === 'update');
          expect(action === 'wait').toBe(isWarned(row));
          if (action === 'create') expect(personId).toBeUndefined();
          if (row.person === null) expect(channels).toEqual([]);
          for (const channel of channels) expect(given.channels).toContain(channel);
          if (given.strict) expect(row.repairs).toEqual([]);
          for (const problem of row.problems) {
            const { message, expected, fix } = describeProblem(problem, row.line);
            expect([message, expected, fix].join(' ')).not.toMatch(/[{}[\]]|undefined|null/);
          }
        }
      }),
      { numRuns: 1_200 },
    );
    // Else the property would hold for less than it says.
    expect([...seen].sort()).toEqual([...PLANNED_ACTIONS].sort());
  });

  it('When it is checked, then the problems of a row stand in the order of its columns', () => {
    fc.assert(
      fc.property(scenario, fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6]), ([some, given], order) => {
        const read = table(given.kind, some);
        read.columns = order.flatMap((index) => read.columns[index] ?? []);
        const headers = read.columns.map(({ header }) => header);
        for (const { problems, ...row } of checkRows(read, given)) {
          // Also in a file without teams: waiting rows are found by their warning.
          expect(row.plan.action === 'wait').toBe(isWarned({ problems }));
          const places = problems.flatMap(({ column }) => (column === null ? [] : [headers.indexOf(column)]));
          const inFile = places.filter((place) => place >= 0);
          expect(inFile).toEqual([...inFile].sort((a, b) => a - b));
          // What the file does not have comes last.
          expect(places.slice(0, inFile.length)).toEqual(inFile);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('When no person has two rows, then the order of the rows makes no difference', () => {
    const keyOf = (some: Cells): string => emailKeysOf(table('clients', [some]))[0] ?? `no address: ${some.email}`;
    const different = context.chain((given) =>
      fc.tuple(fc.uniqueArray(row(given.kind), { maxLength: 10, selector: keyOf }), fc.constant(given)),
    );
    fc.assert(
      fc.property(different, fc.infiniteStream(fc.nat()), ([some, given], numbers) => {
        const read = table(given.kind, some);
        const order = new Map(read.rows.map(({ line }) => [line, numbers.next().value]));
        const shuffled = { ...read, rows: read.rows.toSorted((a, b) => order.get(a.line)! - order.get(b.line)!) };
        const byLine = (checked: CheckedRow[]): CheckedRow[] => checked.toSorted((a, b) => a.line - b.line);
        expect(byLine(checkRows(shuffled, given))).toEqual(checkRows(read, given));
      }),
      { numRuns: 200 },
    );
  });

  it('When it is checked strictly, then exactly those rows are accepted that are good and need no repair', () => {
    let repaired = 0;
    fc.assert(
      fc.property(scenario, ([some, given]) => {
        const read = table(given.kind, some);
        const strict = checkRows(read, { ...given, strict: true });
        const lenient = checkRows(read, { ...given, strict: false });
        strict.forEach((row, i) => {
          const other = lenient[i]!;
          repaired += other.repairs.length;
          expect(isRefused(row)).toBe(isRefused(other) || other.repairs.length > 0);
          if (!isRefused(row)) expect(row).toEqual(other);
          // Each repair became one problem, and nothing else did.
          const suggested = row.problems.filter(({ code }) => code === 'row.not-exact');
          expect(suggested.map(({ column, suggestion }) => [column, suggestion])).toEqual(
            other.repairs.map(({ column, after }) => [column, after]),
          );
        });
      }),
      { numRuns: 300 },
    );
    expect(repaired).toBeGreaterThan(50);
  });

  it('When repairs are written into the cells, then there is nothing more to repair and the people are the same', () => {
    fc.assert(
      fc.property(scenario, ([some, given]) => {
        const lenient = { ...given, strict: false };
        const first = checkRows(table(given.kind, some), lenient);
        const keys = new Map(columnsOf(given.kind).map(({ key, header }) => [header, key]));
        const mended = some.map((row, i) => ({
          ...row,
          ...Object.fromEntries(first[i]!.repairs.map(({ column, after }) => [keys.get(column)!, after])),
        }));
        const second = checkRows(table(given.kind, mended), lenient);
        expect(second.flatMap(({ repairs }) => repairs)).toEqual([]);
        expect(second.map(({ person, plan }) => [person, plan])).toEqual(
          first.map(({ person, plan }) => [person, plan]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('When rows are accepted, then no two are of one person, and the keys to look up were known before', () => {
    fc.assert(
      fc.property(scenario, ([some, given]) => {
        const read = table(given.kind, some);
        const keys = new Set(emailKeysOf(read));
        const accepted = checkRows(read, given).flatMap(({ person }) => (person ? [person.emailKey] : []));
        expect(new Set(accepted).size).toBe(accepted.length);
        for (const key of accepted) expect(keys).toContain(key);
      }),
      { numRuns: 200 },
    );
  });
});
