import { ROUTE_SPECS } from '../../api/route-specs';
import { PROBLEM_CODES } from '../../contract/problem-codes';
import { targetsInPath } from '../../domain/audit-log/targets';
import { de } from '../../web/messages/de';
import { en } from '../../web/messages/en';

/** What the audit log may name: each command of a known caller. */
const audited = ROUTE_SPECS.filter(({ method, access }) => method !== 'get' && typeof access !== 'string');
const PARAMETER = /\{(\w+)\}/g;
const ID = '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11';

describe.each([
  ['English', en],
  ['German', de],
])('What was done, in %s', (_language, { actions, settings, history }) => {
  test('has words for every operation that the audit log names', () => {
    expect(audited.length).toBeGreaterThan(40);
    expect(audited.filter(({ operationId }) => !(operationId in actions))).toEqual([]);
  });

  test('is told apart by them, for whoever filters the audit log', () => {
    const all: string[] = Object.values(actions);
    expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
  });

  test('has words for everything that it was done with', () => {
    const kinds = audited.flatMap(({ path }) => {
      const names = [...path.matchAll(PARAMETER)].map(([, name = '']) => [name, ID] as const);
      return targetsInPath(path, Object.fromEntries(names), true).targets.map(({ kind }) => kind);
    });
    expect(kinds).toContain('import');
    expect(kinds.filter((kind) => !(kind in settings.event.targets))).toEqual([]);
  });

  test('has words for the problems of files that the history is filtered by, which the API knows', () => {
    const codes: readonly string[] = PROBLEM_CODES;
    expect(Object.keys(history.codes).filter((code) => !codes.includes(code))).toEqual([]);
  });
});
