import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/max';
import { typeOfExact } from '../../../../domain/checking/mobile/exact-number';
import { recognise } from '../../../../domain/checking/mobile/reading';
import { randomMobiles } from './written-mobiles';

const PER_COUNTRY = 20;
const seed = process.env.CI ? 20_261_128 : Math.floor(Math.random() * 2 ** 31);
const mobiles = [...randomMobiles(PER_COUNTRY, seed).values()].flat().map(({ number }) => number);

/** What the library finds, where the number stands for itself. */
function byLibrary(number: string): string | undefined {
  const found = recognise(number);
  return found?.parsed.number === number ? found.type : undefined;
}

describe('The type of a number by compiled patterns', () => {
  it('is what the library finds, for random mobiles of every region and for numbers one digit away', () => {
    const wrong: unknown[] = [];
    const next = fc.sample(fc.tuple(fc.nat(14), fc.nat(9)), { seed, numRuns: mobiles.length });
    mobiles.forEach((mobile, i) => {
      const [at, digit] = next[i]!;
      const position = 1 + (at % (mobile.length - 1));
      const near = `${mobile.slice(0, position)}${digit}${mobile.slice(position + 1)}`;
      for (const number of [mobile, near, mobile.slice(0, -1), `${mobile}${digit}`]) {
        const type = typeOfExact(number);
        if (type !== undefined && type !== byLibrary(number)) wrong.push({ seed, number, type });
      }
    });
    expect(wrong).toEqual([]);
  });

  it('is what the library finds, for random digits', () => {
    const digits = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 10_000, max: 9_999_999_999 }));
    fc.assert(
      fc.property(digits, ([code, rest]) => {
        const number = `+${code}${rest}`;
        const type = typeOfExact(number);
        return type === undefined || type === byLibrary(number);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('is found for nearly all mobiles of the world', () => {
    const found = mobiles.filter((mobile) => typeOfExact(mobile) === 'mobile');
    expect(mobiles.length).toBeGreaterThan(getCountries().length * (PER_COUNTRY / 2));
    expect(found.length / mobiles.length).toBeGreaterThan(0.95);
  });

  it.each([
    ['+447911123456', 'mobile'],
    ['+442079460958', 'fixed-line'],
    ['+448001111111', 'other'],
    ['+12025550143', 'mobile'],
    ['+15005550006', 'mobile'],
    ['+4479111', undefined],
    ['+447', undefined],
    ['+999123456', undefined],
  ])('of %s is %s', (number, type) => {
    expect(typeOfExact(number)).toBe(type);
  });
});
