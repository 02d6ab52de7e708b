import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { readTable } from '../domain/reading/read-table';
import { SHAPES } from '../test/corpus-tools/shapes';
import type { Shape } from '../test/corpus-tools/shapes';
import { markersIn } from './spreadsheet-rows';

/**
 * Compares the line numbers of this product with the row numbers of LibreOffice, on files of every shape:
 * npm run line-numbers
 * Each file holds addresses that stand for themselves; LibreOffice opens it and saves it in its own format, in which the
 * row of an address is counted.
 */
const PROGRAMS = ['soffice', 'libreoffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'];
const MAX_ROWS = 500;
const DISAGREEMENT = 1;
const NOTHING_COMPARED = 2;

const program = PROGRAMS.find((name) => isInstalled(name));
if (!program) {
  console.error(
    'LibreOffice is not installed here, so there is nothing to compare with. Install it, for example by: apt install libreoffice-calc',
  );
  process.exit(NOTHING_COMPARED);
}

const folder = mkdtempSync(join(tmpdir(), 'line-numbers-'));
void compareAll(program).then((disagreements) => {
  rmSync(folder, { recursive: true, force: true });
  console.log(disagreements === 0 ? `\nAll ${SHAPES.length} shapes agree.` : `\n${disagreements} shapes disagree.`);
  process.exit(disagreements === 0 ? 0 : DISAGREEMENT);
});

async function compareAll(soffice: string): Promise<number> {
  let disagreements = 0;
  for (const shape of SHAPES) {
    const ours = await rowsHere(shape);
    const theirs = rowsThere(soffice, shape);
    const { name, rowsNotShownByExcel = 0 } = shape;
    const expected = new Map([...ours].map(([marker, row]) => [marker, row + rowsNotShownByExcel]));
    const agrees = theirs.size > 0 && isDeepStrictEqual(theirs, expected);
    if (!agrees) disagreements++;
    const verdict = agrees ? 'agrees' : 'DISAGREES';
    console.log(`${verdict.padEnd(11)}${name.padEnd(40)}here ${show(ours).padEnd(14)}LibreOffice ${show(theirs)}`);
    if (rowsNotShownByExcel) console.log(`${' '.repeat(11)}${HIDDEN_BY_EXCEL}`);
  }
  return disagreements;
}

const HIDDEN_BY_EXCEL =
  '(Excel, for which the line sep= is written, obeys it and does not show it as a row; LibreOffice opens it as row 1. We agree with Excel.)';

/** The line of each address by its own text. */
async function rowsHere({ bytes }: Shape): Promise<Map<string, number>> {
  const read = await readTable(bytes, { kind: 'clients', maxRows: MAX_ROWS });
  if (!read.ok) throw new Error(`A shape was refused: ${JSON.stringify(read.problems)}`);
  return new Map(Array.from(read.table.rows, ({ cells, line }) => [cells.email ?? '', line]));
}

function rowsThere(soffice: string, { name, extension, bytes, libreOfficeFilter }: Shape): Map<string, number> {
  const stem = name.replaceAll(/\W+/g, '-');
  const file = join(folder, `${stem}.${extension}`);
  const out = join(folder, 'out');
  mkdirSync(out, { recursive: true });
  writeFileSync(file, bytes);
  execFileSync(
    soffice,
    [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      '--headless',
      ...(libreOfficeFilter ? [`--infilter=Text - txt - csv (StarCalc):${libreOfficeFilter}`] : []),
      ...['--convert-to', 'fods', '--outdir', out, file],
    ],
    { stdio: 'ignore' },
  );
  return markersIn(readFileSync(join(out, `${stem}.fods`), 'utf8'));
}

function isInstalled(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const show = (rows: ReadonlyMap<string, number>): string => [...rows.values()].join(', ');
