import { getCountries } from 'libphonenumber-js/max';
import { decode, WINDOWS_1252 } from '../domain/reading/encoding/encodings';
import { homeLanguages } from '../domain/reading/encoding/home-languages';
import { isAtHome } from '../domain/reading/encoding/is-at-home';
import { rankReadings } from '../domain/reading/encoding/rank-readings';
import { filesOf } from '../test/domain/reading/encoding/lists-as-files';
import { NAME_LISTS } from '../test/domain/reading/encoding/name-lists';

/**
 * Guesses the encoding of name lists, whole and in parts, in every encoding that fits them and for every default country:
 * npm run encodings
 * Fails if a garbled list would be carried out, or if too many lists of Western offices would be asked about.
 */
const WHOLE = 1000;
const PARTS = [1, 2, 5];
const GOAL_AT_HOME = 0.95;

const countries = [...getCountries(), null];
/** Countries of the same languages are judged alike. */
const groups = [...new Set(countries.map((country) => homeLanguages(country).join(' ')))].map((languages) =>
  countries.filter((country) => homeLanguages(country).join(' ') === languages),
);
let garbled = 0;
let whole = 0;
let wholeAtHome = 0;
let asked = 0;
let bestIsRight = 0;

console.log(
  `${'list'.padEnd(30)}${'encoding'.padEnd(14)}files  garbled  first choice right  goes on at home (whole, parts)`,
);
for (const [language, { encodings, home = '' }] of Object.entries(NAME_LISTS)) {
  for (const encoding of encodings.split(' ')) {
    const row = { files: 0, garbled: 0, right: 0, whole: [0, 0], parts: [0, 0] };
    for (const size of [WHOLE, ...PARTS]) {
      for (const file of filesOf(language, [size], encoding)) {
        const isRead = decode(file.bytes, WINDOWS_1252).normalize('NFC') === file.text;
        const goesOn = groups.filter((group) => isAtHome(file.bytes, group[0]!)).flat();
        row.files++;
        if (!isRead) row.garbled += goesOn.length;
        for (const country of encoding === WINDOWS_1252 ? home.split(' ').filter(Boolean) : []) {
          const cell = size === WHOLE ? row.whole : row.parts;
          cell[1]!++;
          if (goesOn.includes(country as (typeof goesOn)[number])) cell[0]!++;
        }
        const [best] = rankReadings(file.bytes);
        if (best && decode(file.bytes, best.encoding).normalize('NFC') === file.text) row.right++;
      }
    }
    garbled += row.garbled;
    asked += row.files;
    bestIsRight += row.right;
    wholeAtHome += row.whole[0]!;
    whole += row.whole[1]!;
    const share = ([yes = 0, of = 0]: number[]): string => (of === 0 ? '' : `${yes}/${of}`);
    console.log(
      `${language.padEnd(30)}${encoding.padEnd(14)}${String(row.files).padStart(5)}${String(row.garbled).padStart(9)}` +
        `${`${row.right}/${row.files}`.padStart(20)}  ${share(row.whole)} ${share(row.parts)}`,
    );
  }
}
console.log(`\n${countries.length} default countries, none included; ${asked} files`);
console.log(`carried out garbled: ${garbled} (goal: 0)`);
console.log(
  `whole Western lists that go on in their own country: ${wholeAtHome} of ${whole} (goal: ${GOAL_AT_HOME * 100} %)`,
);
console.log(`first choice of the question is the right one: ${bestIsRight} of ${asked}`);
process.exitCode = garbled === 0 && wholeAtHome / whole >= GOAL_AT_HOME ? 0 : 1;
