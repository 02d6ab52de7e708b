import { formatRepairs } from '../../../cli/output/repairs-table';

const options = {
  width: 100,
  list: true,
  all: false,
  toList: 'status f6 --repairs',
  toSeeAll: 'status f6 --repairs --all',
};
const repair = { column: 'Mobile', before: '00 44 7911 123456', after: '+447911123456' };

describe('The repairs of a file', () => {
  test('are counted, with the command that lists them', () => {
    expect(formatRepairs([{ line: 2, repairs: [repair, repair] }], { ...options, list: false })).toBe(
      '  2 cells repaired. Cell by cell: status f6 --repairs',
    );
  });

  test('are listed with line, column, before and after, in which a blank can be seen', () => {
    const name = { column: 'Last Name', before: ' Lee\u00a0', after: 'Lee' };
    expect(
      formatRepairs(
        [
          { line: 2, repairs: [repair] },
          { line: 17, repairs: [name] },
        ],
        options,
      ),
    ).toBe(
      [
        '  2 cells repaired:',
        '',
        '    LINE  COLUMN     BEFORE               AFTER',
        '    2     Mobile     “00 44 7911 123456”  “+447911123456”',
        '    17    Last Name  “ Lee[U+00A0]”       “Lee”',
      ].join('\n'),
    );
  });

  test('are at most 20, unless all are asked for', () => {
    const rows = Array.from({ length: 41 }, (_, i) => ({ line: i + 2, repairs: [repair] }));
    const some = formatRepairs(rows, options)!;
    expect(some.match(/Mobile/g)).toHaveLength(20);
    expect(some).toMatch(/41 cells repaired:.*21 cells more: status f6 --repairs --all$/s);
    expect(formatRepairs(rows, { ...options, all: true })!.match(/Mobile/g)).toHaveLength(41);
  });

  test('are shown to support without the values, as the API gives them', () => {
    expect(formatRepairs([{ line: 2, repairs: [{ column: 'Mobile' }] }], options)).toMatch(
      /2 +Mobile +\(hidden\) +\(hidden\)/,
    );
  });

  test('are not spoken of where there are none', () => {
    expect(formatRepairs([{ line: 2, repairs: [] }], options)).toBeNull();
  });
});
