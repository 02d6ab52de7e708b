import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../local/processes/project';

export const ROWS = 500;
const NUMBERS_A_PREFIX = 1_000_000;
const PREFIXES = ['+447400', '+447401', '+447410', '+447450', '+447500', '+447550', '+447800', '+447900'];

export interface ClientFile {
  path: string;
  content: string;
  /** Everybody's address and number. */
  recipients: string[];
}

/** Makes as many clean files as it is told, of 500 people or of another number. */
export type NewFiles = ReturnType<typeof createClientFiles>;

/** Makes clean files of 500 people whom no other file of it names, in a folder. */
export function createClientFiles(folder: string) {
  mkdirSync(folder, { recursive: true });
  const [header, ...people] = parse(readFileSync(join(PROJECT, 'examples', 'clean-500.csv')));
  let files = 0;
  let numbers = 0;

  function nextMobile(): string {
    for (;;) {
      const prefix = PREFIXES[Math.floor(numbers / NUMBERS_A_PREFIX)];
      if (prefix === undefined) throw new Error('There are no more mobile numbers for a run as long as this one.');
      const mobile = prefix + String(numbers++ % NUMBERS_A_PREFIX).padStart(6, '0');
      if (isValidPhoneNumber(mobile)) return mobile;
    }
  }

  return (count: number, rows = ROWS): ClientFile[] =>
    Array.from({ length: count }, () => {
      const file = files++;
      const recipients: string[] = [];
      const lines = Array.from({ length: rows }, (_, i) => {
        const [first = '', last = '', , , ...rest] = people[i % people.length]!;
        const email = `person.${i}@file-${file}.example`;
        const mobile = nextMobile();
        recipients.push(email, mobile);
        return [first, last, email, mobile, ...rest];
      });
      const content = stringify([header!, ...lines]);
      const path = join(folder, `${file}.csv`);
      writeFileSync(path, content);
      return { path, content, recipients };
    });
}
