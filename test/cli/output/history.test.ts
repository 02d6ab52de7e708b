import { ROUTE_SPECS } from '../../../api/route-specs';
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

test('It says which rows were put aside and which columns were mapped, and that somebody acted by Temporal', () => {
  const at = '2026-11-28T16:00:00.000Z';
  const temporal = { kind: 'temporal', id: 'temporal_0', name: null, role: null };
  const history = [
    { at, action: 'chooseForImport', by, facts: { chosen: 'mapping', columns: 'email mobile' }, status: 200 },
    { at, action: 'ignoreRows', by, facts: { rows: '3-5,9' }, status: 202 },
    { at, action: 'pauseImport', by: temporal, facts: { event: 7 }, status: 200 },
  ];
  expect(formatHistory(history, 120).split('\n').slice(1)).toEqual([
    '  2026-11-28 16:00 UTC  choices made (columns mapped: email, mobile)  Front desk, support',
    '  2026-11-28 16:00 UTC  rows put aside (lines 3-5,9)                  Front desk, support',
    '  2026-11-28 16:00 UTC  paused                                        Temporal',
  ]);
});

/** Commands whose path names an import or an upload, and those that make an import. */
const ofImports = ROUTE_SPECS.filter(({ method }) => method !== 'get').filter(
  ({ path, announces, operationId }) =>
    /^\/v1\/(imports|batches)\//.test(path) || announces || operationId === 'createTeam',
);

test.each(ofImports.map(({ operationId }) => operationId))('There are words for %s', (action) => {
  const history = [{ at: '2026-11-28T16:00:00.000Z', action, by, facts: {}, status: 200 }];
  expect(formatHistory(history, 120)).not.toContain(action);
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
