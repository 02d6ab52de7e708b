import { readSnapshot, SNAPSHOT_VERSION } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';

describe('A snapshot', () => {
  const first: ImportSnapshot = { revision: 1, status: 'inviting', rows: [], invitations: [], pausedBy: {} };

  test.each([
    ['of the first builds, which name no version', first],
    ['of this build', { ...first, version: SNAPSHOT_VERSION }],
    ['of a newer build, with a field that this one does not know', { ...first, version: 99, later: 'field' }],
  ])('%s is read', (_what, snapshot) => {
    expect(readSnapshot(snapshot)).toBe(snapshot);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['what steps returned before snapshots', { created: [2, 3] }],
    ['a newer build without a field that this one needs', { ...first, rows: undefined as never, version: 7 }],
  ])('is told from %s, by a sentence with its version', (_what, result) => {
    expect(() => readSnapshot(result as Partial<ImportSnapshot>)).toThrow(
      /cannot read a step's result of version [17]/,
    );
  });
});
