import fc from 'fast-check';
import examples from 'libphonenumber-js/mobile/examples';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { judge, mobileOf, prefixOf, randomMobiles, WAYS } from './written-mobiles';
import type { Mobile, WayOfWriting } from './written-mobiles';

const PER_COUNTRY = 8;
const seed = process.env.CI ? 20_261_123 : Math.floor(Math.random() * 2 ** 31);
const mobiles = randomMobiles(PER_COUNTRY, seed);
for (const country of getCountries()) {
  const example = getExampleNumber(country, examples);
  const mobile = example && mobileOf(country, example.number);
  if (mobile) mobiles.set(country, [mobile, ...(mobiles.get(country) ?? [])]);
}
const others = fc.sample(fc.constantFrom(...getCountries()), { seed, numRuns: 1000 });

const defaultCountryOf = (way: WayOfWriting, { country }: Mobile, index: number): CountryCode | undefined =>
  ({ none: undefined, own: country, another: others[index % others.length] })[way.defaultCountry];

describe('Mobiles of every region', () => {
  it.each(WAYS)(
    'When they are written $name, the default country being $defaultCountry, then none is taken for another number',
    (way) => {
      const counts = { accepted: 0, all: 0 };
      const wrong: unknown[] = [];
      [...mobiles.values()].flat().forEach((mobile, index) => {
        const defaultCountry = defaultCountryOf(way, mobile, index);
        for (const cell of way.write(mobile, prefixOf(defaultCountry))) {
          const verdict = judge(cell, mobile, defaultCountry);
          counts.all++;
          if (verdict === 'accepted') counts.accepted++;
          if (verdict === 'wrong') wrong.push({ seed, cell, defaultCountry, meant: mobile.number });
        }
      });
      expect(wrong).toEqual([]);
      if (way.wellTyped) expect(counts.accepted / counts.all).toBeGreaterThan(0.95);
    },
  );

  it('When the regions are counted, then each has mobiles', () => {
    expect(mobiles.size).toBeGreaterThan(240);
    expect([...mobiles.values()].every(({ length }) => length > 0)).toBe(true);
  });
});
