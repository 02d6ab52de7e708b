import { isLongEnough, readPersonQuery, tidyQuery } from '../../../domain/finding/person-query';

const inBritain = { defaultCountry: 'GB', wholeAddresses: false };
const numbersOf = (text: string, defaultCountry: string | null = 'GB'): string[] =>
  readPersonQuery(tidyQuery(text), { ...inBritain, defaultCountry }).flatMap((one) =>
    one.by === 'mobile' ? one.numbers : [],
  );

describe('What somebody means who looks a person up', () => {
  it.each([
    '+447911123456',
    '00447911123456',
    '07911 123456',
    '7911123456',
    '\u202a+44 7911\u00a0123456\u202c',
    '(07911) 123-456',
  ])('The number %j is read as it is stored', (typed) => {
    expect(numbersOf(typed)).toContain('+447911123456');
  });

  test('A number without a country code is also one of another country, and without a default country of any', () => {
    expect(numbersOf('0151 23456789')).toContain('+4915123456789');
    expect(numbersOf('07911 123456', null)).toContain('+447911123456');
  });

  test('Digits that are no number anywhere mean nobody', () => {
    expect(readPersonQuery('1234567', { ...inBritain, defaultCountry: null })).toEqual([]);
  });

  test('Whatever has an @ is an address, compared as addresses are', () => {
    expect(readPersonQuery('Ann@BÜCHER.example', inBritain)).toEqual([
      { by: 'email', key: 'ann@xn--bcher-kva.example', whole: false },
    ]);
  });

  test('A word is the beginning of an address or of a name, and for who sees addresses masked of a name only', () => {
    const names = [
      { by: 'name', lastName: 'ann.lee' },
      { by: 'name', firstName: 'ann.lee' },
    ];
    expect(readPersonQuery('ann.lee', inBritain)).toEqual([{ by: 'email', key: 'ann.lee', whole: false }, ...names]);
    expect(readPersonQuery('ann.lee', { ...inBritain, wholeAddresses: true })).toEqual(names);
    expect(readPersonQuery('ann@example.com', { ...inBritain, wholeAddresses: true })).toMatchObject([{ whole: true }]);
  });

  test('Several words are one name or both, in either order', () => {
    expect(readPersonQuery('van Berg Ann', inBritain)).toEqual([
      { by: 'name', lastName: 'van Berg Ann' },
      { by: 'name', firstName: 'van Berg Ann' },
      { by: 'name', firstName: 'van', lastName: 'Berg Ann' },
      { by: 'name', firstName: 'Berg Ann', lastName: 'van' },
      { by: 'name', firstName: 'van Berg', lastName: 'Ann' },
      { by: 'name', firstName: 'Ann', lastName: 'van Berg' },
    ]);
    expect(readPersonQuery('a b c d e', inBritain)).toHaveLength(2);
  });

  test('What nobody sees is left out, and one letter is enough where it can be a name', () => {
    expect(tidyQuery(' Ann\t \u200eLee\0\ud800 ')).toBe('Ann Lee');
    expect(['李', 'an', 'a1', 'O’N'].map(isLongEnough)).toEqual([true, true, true, true]);
    expect(['', 'a', 'a.', '..', '@@'].map(isLongEnough)).toEqual([false, false, false, false, false]);
  });
});
