import { namesSomebody, problemOfAll } from '../../contract/messages';
import type { RetryRequest } from '../../contract/messages';

describe('Whom a request reaches', () => {
  test.each<[RetryRequest | null | undefined, boolean]>([
    [undefined, false],
    [null, false],
    [{}, false],
    [{ includeUnconfirmed: true }, false],
    [{ all: true }, true],
    [{ rows: [3] }, true],
    [{ channels: ['sms'] }, true],
    [{ classes: ['transient'] }, true],
    [{ all: true, includeUnconfirmed: true }, true],
  ])('%j says whom: %s', (request, isSaid) => {
    expect(namesSomebody(request)).toBe(isSaid);
  });

  test('What every object has by nature names nobody', () => {
    expect(namesSomebody(Object.create({ all: true }) as RetryRequest)).toBe(false);
  });

  test.each<[RetryRequest, boolean]>([
    [{ all: true, rows: [3] }, true],
    [{ all: true, channels: ['sms'] }, false],
    [{ rows: [3] }, false],
  ])('%j contradicts itself: %s', (request, isContradiction) => {
    expect(problemOfAll(request) !== undefined).toBe(isContradiction);
  });
});
