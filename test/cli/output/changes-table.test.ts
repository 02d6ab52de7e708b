import { formatChanges } from '../../../cli/output/changes-table';
import type { RowView } from '../../../cli/http/views';

describe('The changes of a preview', () => {
  test('When people are to be changed, then row, field, before and after are told, as many as can be read', () => {
    const row = (line: number, ...changes: RowView['plan']['changes']) => ({
      row: line,
      plan: { action: 'update' as const, channels: [], changes },
    });
    const renamed = { field: 'lastName', before: 'Lee\u001b[2J', after: 'Li' };
    const text = formatChanges(
      [row(4, renamed, { field: 'group', before: '', after: 'Mayfair' })],
      'clients',
      false,
      'status f6 --all',
    )!;
    expect(text).toMatch(/LINE +FIELD +BEFORE → AFTER\n +4 +Last Name +“Lee\ufffd\[2J” → “Li”\n/);
    expect(text).toMatch(/4 +Group Identifier +\(nothing\) → “Mayfair”$/);
    const many = formatChanges(
      Array.from({ length: 53 }, (_, i) => row(i, renamed)),
      'clients',
      false,
      'status f6 --all',
    )!;
    expect(many.split('\n')).toHaveLength(1 + 50 + 1);
    expect(many).toContain('… and 3 more. All of them: status f6 --all');
    expect(formatChanges([row(4)], 'clients', false, '')).toBeNull();
  });

  test('a name in another script is shown as it is', () => {
    const changes = [
      { field: 'lastName', before: '田中', after: '鈴木' },
      { field: 'email', before: 'a@example.com', after: 'b@example.com' },
    ];
    expect(formatChanges([{ row: 12, plan: { action: 'update', channels: [], changes } }], 'clients', false, '')).toBe(
      [
        '  LINE  FIELD      BEFORE → AFTER',
        '  12    Last Name  “田中” → “鈴木”',
        '  12    Email      “a@example.com” → “b@example.com”',
      ].join('\n'),
    );
  });
});
