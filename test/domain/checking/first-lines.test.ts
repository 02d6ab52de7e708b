import { checkRows } from '../../../domain/checking/check-rows';
import { firstLinesOf } from '../../../domain/checking/first-lines';
import { describeProblem } from '../../../domain/problems/problem-catalogue';
import { EXAMPLE_ROWS } from '../../../domain/example-row';
import { codesOf, contextWith, knowing, knownWith, tableWith } from '../tables';

const earlier = (key: string) => new Map([[key, { fileName: 'monday.csv', line: 17 }]]);

describe('The first lines of the addresses of a file', () => {
  test('When an address comes twice, then its first line counts, also if something else is wrong with that row', () => {
    const table = tableWith({ email: 'a@example.com', mobile: '' }, { email: 'nobody' }, { email: 'A@example.com' });
    expect([...firstLinesOf(table, { kind: 'clients' })]).toEqual([['a@example.com', 2]]);
  });

  test('When a row is left out, then its address is free', () => {
    const table = tableWith(EXAMPLE_ROWS.clients, { email: 'a@example.com' });
    table.rows[1]!.isHidden = true;
    expect(firstLinesOf(table, { kind: 'clients', hiddenRows: 'skip' }).size).toBe(0);
    expect([...firstLinesOf(table, { kind: 'clients' }).keys()]).toEqual(['a@example.com']);
  });
});

describe('A row whose address a file before it in the upload has', () => {
  const table = tableWith({ email: 'ann@example.com' }, { email: 'Ann@Example.com' }, { email: 'bob@example.com' });

  test('When it is checked, then it is rejected, and names the file and the line', () => {
    const rows = checkRows(table, contextWith({ earlierInBatch: earlier('ann@example.com') }));
    expect(rows.map(({ plan }) => plan.action)).toEqual(['reject', 'reject', 'create']);
    const [problem] = rows[0]!.problems;
    expect(rows[1]!.problems).toMatchObject([{ code: problem!.code, details: problem!.details }]);
    expect(describeProblem(problem!, 2).message).toBe(
      'The same e-mail address is already in row 17 of “monday.csv”, which the upload has before this file.',
    );
  });

  test.each(['error', 'invite', 'skip', 'update'] as const)(
    'When that other row has created the person meanwhile, then nothing is different, with onExisting=%s',
    (onExisting) => {
      const known = knowing(knownWith({ emailKey: 'ann@example.com' }));
      const [row] = checkRows(table, contextWith({ onExisting, known, earlierInBatch: earlier('ann@example.com') }));
      expect(codesOf(row!.problems)).toEqual(['email.duplicate-in-file']);
    },
  );
});
