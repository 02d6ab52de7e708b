import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { CLEAN_COMPANIES, CLEAN_FIRST_NAMES, CLEAN_LAST_NAMES, CLEAN_TEAMS, CLIENTS } from './people';

/**
 * Rewrites `clients.csv` and `clean-500.csv` beside it, each time the same: node --import tsx examples/generate.ts
 *
 * The people are fictional, and no message can reach a real person:
 * - example.com, example.net and example.org are reserved for documentation (RFC 2606);
 * - 555-0100 to 555-0199 is kept free for fiction in every North American area code;
 * - 0491 570 006, … 110, … 156 to 159, … 313 and … 737 are kept for fiction by the Australian regulator (ACMA);
 * - 070-174 06 05 to 06 99 is kept for fiction by the Swedish regulator (PTS), and 020 7946 0xxx by the British one (Ofcom);
 * - +1 500 555 0004 is Twilio's test number of a person who has opted out.
 */
const HEADER = ['First Name', 'Last Name', 'Email', 'Mobile', 'Role', 'Company', 'Group Identifier'];
const CLEAN_ROWS = 500;
const AREA_CODES = [202, 212, 213, 303, 305, 312, 404, 415, 512, 617, 702, 808];
const MAIL_DOMAINS = ['example.com', 'example.net', 'example.org'];
const SEED = 20_240_229;

function cleanRows(): string[][] {
  const random = createRandom(SEED);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const addresses = new Set<string>();
  const rows: string[][] = [];
  while (rows.length < CLEAN_ROWS) {
    const [firstName, lastName] = [pick(CLEAN_FIRST_NAMES), pick(CLEAN_LAST_NAMES)];
    const localPart = `${toAscii(firstName)}.${toAscii(lastName)}`;
    if (addresses.has(localPart)) continue;
    addresses.add(localPart);
    const email = `${localPart}@${pick(MAIL_DOMAINS)}`;
    rows.push([
      firstName,
      lastName,
      email,
      fictionalNumber(rows.length),
      pick(['Client', '']),
      pick(CLEAN_COMPANIES),
      pick(CLEAN_TEAMS),
    ]);
  }
  return rows;
}

/** A different number for each index below 100 times the number of area codes. */
function fictionalNumber(index: number): string {
  const areaCode = AREA_CODES[index % AREA_CODES.length]!;
  return `+1${areaCode}555${String(100 + Math.floor(index / AREA_CODES.length)).padStart(4, '0')}`;
}

const toAscii = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/[^a-z]/g, '');

/** Numbers from 0 to below 1 that are the same on every machine (a linear congruential generator, good enough here). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function write(name: string, rows: readonly (readonly string[])[]): void {
  writeFileSync(join(__dirname, name), stringify([HEADER, ...rows]));
}

write('clients.csv', CLIENTS);
write('clean-500.csv', cleanRows());
