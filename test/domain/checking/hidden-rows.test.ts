import { checkRows } from '../../../domain/checking/check-rows';
import type { Choices } from '../../../contract/question';
import type { Table } from '../../../domain/table';
import { codesOf, contextWith, tableWith } from '../tables';

/** The second of three rows is hidden, and has the address of the third. */
function tableWithHidden(): Table {
  const table = tableWith({ email: 'a@example.com' }, { email: 'b@example.com' }, { email: 'b@example.com' });
  table.rows[1]!.isHidden = true;
  return table;
}
const check = (hiddenRows: NonNullable<Choices['hiddenRows']> | null) =>
  checkRows(tableWithHidden(), contextWith({ hiddenRows })).map(({ line, plan, person, problems }) => ({
    line,
    action: plan.action,
    isPerson: person !== null,
    codes: codesOf(problems),
  }));

describe('Hidden rows', () => {
  test('When hidden rows are skipped, then each is kept as a skipped row with its reason, and its address stays free', () => {
    expect(check('skip')).toEqual([
      { line: 2, action: 'create', isPerson: true, codes: [] },
      { line: 3, action: 'skip', isPerson: false, codes: ['row.hidden'] },
      { line: 4, action: 'create', isPerson: true, codes: [] },
    ]);
  });

  test.each(['include', null] as const)(
    'When the choice is %s, then a hidden row is planned like another, and says so',
    (choice) => {
      expect(check(choice)).toEqual([
        { line: 2, action: 'create', isPerson: true, codes: [] },
        { line: 3, action: 'create', isPerson: true, codes: ['row.hidden'] },
        { line: 4, action: 'reject', isPerson: false, codes: ['email.duplicate-in-file'] },
      ]);
    },
  );

  test('When a row that is skipped has faults, then they do not matter', () => {
    const table = tableWith({ email: 'nobody' });
    table.rows[0]!.isHidden = true;
    expect(checkRows(table, contextWith({ hiddenRows: 'skip' }))[0]).toMatchObject({
      plan: { action: 'skip' },
      problems: [{ code: 'row.hidden' }],
    });
  });
});
