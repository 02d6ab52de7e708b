import fc from 'fast-check';
import { editDistance } from '../../../domain/nearest/edit-distance';
import { createNearest } from '../../../domain/nearest/nearest';

describe('Slips of the hand', () => {
  it.each([
    ['', '', 0],
    ['gmail', 'gmail', 0],
    ['', 'gmail', 5],
    ['gmai', 'gmail', 1],
    ['gmaill', 'gmail', 1],
    ['gnail', 'gmail', 1],
    ['gmial', 'gmail', 1],
    ['mgail', 'gmail', 1],
    ['gamli', 'gmail', 2],
    ['hotel', 'hotmail', 3],
    ['abc', 'xyz', 3],
  ])('When %j is meant to be %j, then %i slips lie between them, in either direction', (from, to, slips) => {
    expect(editDistance(from, to)).toBe(slips);
    expect(editDistance(to, from)).toBe(slips);
  });
});

describe('The nearest among many names', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 6, maxLength: 14 });
  const many = fc.uniqueArray(letters, { minLength: 100, maxLength: 300 });
  const slip = fc.record({ at: fc.nat(13), kind: fc.constantFrom('drop', 'double', 'change') });

  it('When one of hundreds of names has a slip in it, then it comes first, and nothing farther is suggested', () => {
    let suggested = 0;
    fc.assert(
      fc.property(many, fc.nat(99), slip, (names, index, { at, kind }) => {
        const meant = names[index]!;
        const i = at % meant.length;
        const middle = { drop: '', double: meant[i]!.repeat(2), change: '#' }[kind];
        const { names: shown, lookAlike } = createNearest(
          names,
          5,
        )(`${meant.slice(0, i)}${middle}${meant.slice(i + 1)}`);
        expect(shown).toHaveLength(5);
        expect(editDistance(shown[0]!, meant)).toBeLessThanOrEqual(2);
        // Another name may be as near by chance; then nothing is suggested.
        expect([meant, undefined]).toContain(lookAlike);
        if (lookAlike !== undefined) suggested++;
      }),
      { numRuns: 300 },
    );
    expect(suggested).toBeGreaterThan(250);
  });

  it('When nothing is like the text, then names are still shown and none is suggested', () => {
    const names = Array.from({ length: 200 }, (_, i) => `Team_${i}`);
    const { names: shown, lookAlike } = createNearest(names, 5)('Zzz');
    expect(shown).toHaveLength(5);
    expect(lookAlike).toBeUndefined();
  });

  it('When there are no names at all, then none is shown', () => {
    expect(createNearest([], 5)('Mayfair')).toEqual({ names: [], lookAlike: undefined });
  });
});
