import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');

/** The requirements of levels 1 and 2 in the chapters that concern us; OWASP ASVS 5.0.0. */
const REQUIREMENTS = [
  ...['2.1.1', '2.1.2', '2.1.3', '2.2.1', '2.2.2', '2.2.3', '2.3.1', '2.3.2', '2.3.3', '2.3.4', '2.4.1'],
  ...['4.1.1', '4.1.2', '4.1.3', '4.2.1', '4.3.1', '4.3.2', '4.4.1', '4.4.2', '4.4.3', '4.4.4'],
  ...['5.1.1', '5.2.1', '5.2.2', '5.2.3', '5.3.1', '5.3.2', '5.4.1', '5.4.2', '5.4.3'],
  ...['8.1.1', '8.1.2', '8.2.1', '8.2.2', '8.2.3', '8.3.1', '8.4.1'],
  // Those of a client and of a resource server.
  ...['10.1.1', '10.1.2', '10.2.1', '10.2.2', '10.3.1', '10.3.2', '10.3.3', '10.3.4'],
  ...['10.5.1', '10.5.2', '10.5.3', '10.5.4', '10.5.5'],
  ...['14.1.1', '14.1.2', '14.2.1', '14.2.2', '14.2.3', '14.2.4', '14.3.1', '14.3.2', '14.3.3'],
  ...['16.1.1', '16.2.1', '16.2.2', '16.2.3', '16.2.4', '16.2.5', '16.3.1', '16.3.2', '16.3.3', '16.3.4'],
  ...['16.4.1', '16.4.2', '16.4.3', '16.5.1', '16.5.2', '16.5.3'],
];

const rows = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^\d+\.\d+\.\d+$/.test(cells[1] ?? ''))
  .map(([, no, answer, how, proof]) => ({ no: no!, answer: answer!, how: how!, proof: proof! }));
/** Each test that is named, by its file and words of its title. */
const named = [...page.matchAll(/`(test\/[\w/.-]+\.test\.ts)` › ([^;|\n]+)/g)].map(([, file, title]) => ({
  file: file!,
  title: title!.trim(),
}));

/** The titles of a file's tests and groups of tests, as they are written. */
const titlesOf = (source: string): string[] =>
  [...source.matchAll(/(?:\b(?:test|it|describe)(?:\.each[^\n]*)?|^\s*\]\))\(\s*(['"`])([^\n]*?)\1/gm)].map(
    ([, , title]) => title!,
  );

describe('docs/security.md', () => {
  test('Each requirement has one line, with an answer and how it is met', () => {
    expect(rows.map(({ no }) => no)).toEqual(REQUIREMENTS);
    expect(rows.filter(({ answer }) => !['yes', 'no', 'n/a', 'operator'].includes(answer))).toEqual([]);
    expect(rows.filter(({ how }) => how.length < 5)).toEqual([]);
  });

  test('Each line names a test, but where there is nothing of ours to test', () => {
    const without = rows.filter(
      ({ answer, proof }) => answer === 'yes' && !proof.includes('` › ') && proof.length < 10,
    );
    expect(without).toEqual([]);
  });

  test('Each test that is named exists', () => {
    expect(named.length).toBeGreaterThan(50);
    const missing = named.filter(({ file, title }) => {
      const path = join(ROOT, file);
      return !existsSync(path) || !titlesOf(readFileSync(path, 'utf8')).some((one) => one.includes(title));
    });
    expect(missing).toEqual([]);
  });
});
