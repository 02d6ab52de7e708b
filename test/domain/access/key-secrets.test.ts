import { isUsable, rotateSecrets } from '../../../domain/access/key-secrets';

const HOUR = 3_600_000;
const at = (hours: number): Date => new Date(Date.UTC(2026, 0, 1) + hours * HOUR);
const secret = (name: string, created: number, expires?: number) => ({
  name,
  createdAt: at(created),
  ...(expires !== undefined && { expiresAt: at(expires) }),
});
const names = (secrets: { name: string; expiresAt?: Date }[]) =>
  secrets.map(({ name, expiresAt }) => [name, expiresAt && (expiresAt.getTime() - at(0).getTime()) / HOUR]);

describe('Whether a secret opens the API', () => {
  test.each([
    ['a key without an end', {}, {}, true],
    ['a key that ends later', { expiresAt: at(2) }, {}, true],
    ['a key that ends now', { expiresAt: at(1) }, {}, false],
    ['a secret whose overlap ends later', {}, { expiresAt: at(2) }, true],
    ['a secret whose overlap ends now', {}, { expiresAt: at(1) }, false],
    ['a revoked key', { revokedAt: at(0), expiresAt: at(9) }, {}, false],
  ])('%s', (_name, key, times, usable) => {
    expect(isUsable(key, { createdAt: at(0), ...times }, at(1))).toBe(usable);
  });
});

describe('The secrets after a rotation', () => {
  test('The one before works until the end of the overlap', () => {
    expect(names(rotateSecrets([secret('old', 0)], secret('new', 5), { overlapMs: 24 * HOUR }))).toEqual([
      ['old', 29],
      ['new', undefined],
    ]);
  });

  test('Without an overlap the one before ends at once', () => {
    expect(names(rotateSecrets([secret('old', 0)], secret('new', 5), { overlapMs: 0 }))).toEqual([['new', undefined]]);
  });

  test('A second rotation neither ends nor prolongs the overlap of the first, since the answer to that may be lost', () => {
    const twice = [secret('old', 0, 29), secret('lost', 5)];
    expect(names(rotateSecrets(twice, secret('new', 6), { overlapMs: 24 * HOUR }))).toEqual([
      ['old', 29],
      ['lost', 30],
      ['new', undefined],
    ]);
    expect(names(rotateSecrets(twice, secret('new', 6), { overlapMs: HOUR }))).toEqual([
      ['old', 7],
      ['lost', 7],
      ['new', undefined],
    ]);
  });

  test('No secret outlives the end that its key had', () => {
    expect(
      names(rotateSecrets([secret('old', 0)], secret('new', 5), { overlapMs: 24 * HOUR, keyExpiresAt: at(6) })),
    ).toEqual([
      ['old', 6],
      ['new', undefined],
    ]);
  });

  test('Those that have ended are forgotten', () => {
    expect(names(rotateSecrets([secret('older', 0, 4), secret('old', 2)], secret('new', 5), { overlapMs: 0 }))).toEqual(
      [['new', undefined]],
    );
  });
});
