import type { CountryCode } from 'libphonenumber-js/max';
import { judge, prefixOf, randomMobiles, WAYS } from '../test/domain/checking/mobile/written-mobiles';
import type { Mobile, Verdict, WayOfWriting } from '../test/domain/checking/mobile/written-mobiles';

/**
 * How random mobiles of all countries are read, however they are written:
 * node --import tsx bench/mobiles.ts [numbers of each country] [seed]
 * Fails if an accepted number is another than the one that was meant, or if fewer than 95 % of well-typed ones are accepted.
 */
const [perCountry = 1000, seed = 1] = process.argv.slice(2).map(Number);
const VERDICTS: Verdict[] = ['accepted', 'asked', 'refused', 'looks like a national one', 'wrong'];
const GOAL = 0.95;
const WRONG_SHOWN = 5;

const mobiles = [...randomMobiles(perCountry, seed).values()].flat();
const countries = [...new Set(mobiles.map(({ country }) => country))];

/** Another country for each number, the same in each run. */
function anotherThan(country: CountryCode, index: number): CountryCode {
  const other = countries[(index * 7919 + seed) % countries.length]!;
  return other === country ? countries[(index * 7919 + seed + 1) % countries.length]! : other;
}

interface Tally {
  cells: number;
  counts: Map<Verdict, number>;
  wrong: string[];
}

function tally({ defaultCountry, write }: WayOfWriting): Tally {
  const result: Tally = { cells: 0, counts: new Map(), wrong: [] };
  mobiles.forEach((mobile: Mobile, index) => {
    const { country, number } = mobile;
    const around = { none: undefined, own: country, another: anotherThan(country, index) }[defaultCountry];
    for (const cell of write(mobile, prefixOf(around))) {
      const verdict = judge(cell, mobile, around);
      result.cells++;
      result.counts.set(verdict, (result.counts.get(verdict) ?? 0) + 1);
      if (verdict === 'wrong') result.wrong.push(`${cell} means ${number}; default country: ${around ?? 'none'}`);
    }
  });
  return result;
}

const percent = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(2)} %`;
const line = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => (index < 2 ? cell.padEnd(12) : `  ${cell.padStart(VERDICTS[index - 3]?.length ?? 8)}`))
    .join('');

console.log(line(['written', 'default', 'cells', ...VERDICTS]));
let [accepted, wellTyped, wrong] = [0, 0, 0];
for (const way of WAYS) {
  const { cells, counts, wrong: found } = tally(way);
  const shares = VERDICTS.map((verdict) => percent(counts.get(verdict) ?? 0, cells));
  console.log(line([way.name, way.defaultCountry, String(cells), ...shares]));
  found.slice(0, WRONG_SHOWN).forEach((cell) => console.log(`  wrong: ${cell}`));
  wrong += found.length;
  if (way.wellTyped) [accepted, wellTyped] = [accepted + (counts.get('accepted') ?? 0), wellTyped + cells];
}
console.log(
  `${percent(accepted, wellTyped)} of ${wellTyped} well-typed cells are accepted (goal: ${percent(GOAL, 1)}), ${wrong} are wrong.`,
);
if (wrong > 0 || accepted < GOAL * wellTyped) process.exitCode = 1;
