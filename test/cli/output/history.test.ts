import { formatHistory } from '../../../cli/output/history';

const by = { kind: 'key', id: 'k', name: 'Front desk', role: 'support' };

test('A history says when, what and who, and what is not known', () => {
  const history = [
    { at: '2026-11-28T16:00:00.000Z', action: 'uploadFiles', by, facts: {}, status: 202 },
    { at: '2026-11-28T16:01:00.000Z', action: 'correctImportRow', by, facts: { line: 17 }, status: 202 },
    {
      at: '2026-11-28T16:02:00.000Z',
      action: 'somethingNew',
      by: { kind: 'oidc', id: 'subject', name: null, role: 'support' },
      facts: {},
      status: null,
    },
  ];
  expect(formatHistory(history, 120).split('\n')).toEqual([
    '  Who did what:',
    '  2026-11-28 16:00 UTC  uploaded                 Front desk, support',
    '  2026-11-28 16:01 UTC  row corrected (line 17)  Front desk, support',
    '  2026-11-28 16:02 UTC  somethingNew             oidc subject, support; its outcome is not known',
  ]);
});

test('A name that commands the terminal is inert', () => {
  const action = {
    at: '2026-11-28T16:00:00.000Z',
    action: 'pauseImport',
    by: { ...by, name: '\u001b[2J' },
    facts: {},
    status: 200,
  };
  expect(formatHistory([action], 120)).not.toContain('\u001b');
});
