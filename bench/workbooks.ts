import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'csv-parse/sync';
import { readWorkbook } from '../domain/reading/workbook/read-workbook';
import { ODD_WORKBOOKS, PERSON } from '../test/corpus/writers/odd-workbooks';
import { CLIENT_HEADER } from '../test/corpus/writers/write-text';

/**
 * Compares how workbooks are read here and by openpyxl, calamine and LibreOffice: files of every library and program that is
 * to be had on this machine, and the odd ones of the corpus. `npm run workbooks`. Needs python3 and the network; npm, go, a JDK
 * with Maven, LibreOffice and Gnumeric as far as they are there. What was fetched is kept in a folder of its own.
 */
const FOLDER = join(tmpdir(), 'client-import-workbooks');
const FILES = join(FOLDER, 'files');
const SOURCES = join(__dirname, 'workbooks');
const PYTHON = join(FOLDER, 'venv', 'bin', 'python');
const PYTHON_PACKAGES = ['openpyxl==3.1.5', 'XlsxWriter==3.3.1', 'PyExcelerate==0.13.0', 'python-calamine==0.9.1'];
const NPM_PACKAGES = ['xlsx@0.18.5', 'exceljs@4.4.0'];
const EXCELIZE = 'github.com/xuri/excelize/v2@v2.11.1';
const POI = 'org.apache.poi:poi-ooxml:5.5.1';

type Cell = string | number | boolean | null | { day: string } | { formula: string };
type Rows = readonly (readonly string[])[];

const cell = (at: number, value: Cell): Cell[] => (PERSON as readonly Cell[]).with(at, value);
const TABLE: readonly (readonly Cell[])[] = [
  CLIENT_HEADER,
  PERSON,
  cell(0, 'Żółć 🏳️‍🌈'),
  cell(1, ' O’Hara\n& <Sons> "x" '),
  cell(3, 447_911_123_456),
  cell(4, true),
  cell(5, { day: '2024-02-29' }),
  cell(5, 3.25),
  cell(5, null),
  cell(6, '_x0041_'),
  [],
  cell(5, { formula: 'A2&" "&B2' }),
  cell(5, { formula: 'B2' }),
];
/** The rows and the column of the formulas, and what they result in. The three give a 0 that nobody calculated, we nothing. */
const RESULTS = new Map([
  [11, 'Ann Lee'],
  [12, 'Lee'],
]);
const FORMULA_COLUMN = 5;

/** The odd workbooks that are read otherwise than by the three, and why. */
const UNLIKE_OTHERS = new Map(
  ODD_WORKBOOKS.flatMap(({ name, unlikeOthers }) => (unlikeOthers === undefined ? [] : [[fileOf(name), unlikeOthers]])),
);

function fileOf(name: string): string {
  return `odd-${name.replaceAll(/\W+/g, '-')}.xlsx`;
}

function run(program: string, args: readonly string[], cwd = FOLDER): string | undefined {
  const { status, stdout } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return status === 0 ? stdout : undefined;
}

/** Writes the table by everything that is here, and says what is not. */
function writeFiles(): void {
  mkdirSync(FILES, { recursive: true });
  writeFileSync(join(FILES, 'table.json'), JSON.stringify(TABLE));
  writeFileSync(join(FILES, 'table.tsv'), TABLE.map((row) => row.map(typed).join('\t')).join('\n'));
  const writers: Readonly<Record<string, () => unknown>> = {
    'openpyxl, XlsxWriter, PyExcelerate': () => run(PYTHON, [join(SOURCES, 'write.py'), FILES]),
    'SheetJS, exceljs': () => {
      copyFileSync(join(SOURCES, 'write.cjs'), join(FOLDER, 'write.cjs'));
      run('npm', ['install', '--prefix', FOLDER, '--no-audit', '--no-fund', ...NPM_PACKAGES]);
      return run('node', [join(FOLDER, 'write.cjs'), FILES]);
    },
    excelize: () => {
      copyFileSync(join(SOURCES, 'main.go'), join(FOLDER, 'main.go'));
      if (!existsSync(join(FOLDER, 'go.mod'))) run('go', ['mod', 'init', 'workbooks']);
      run('go', ['get', EXCELIZE]);
      return run('go', ['run', 'main.go', FILES]);
    },
    POI: () => {
      const [group, artifact, version] = POI.split(':');
      const dependency = `<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>`;
      writeFileSync(
        join(FOLDER, 'pom.xml'),
        `<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version><dependencies><dependency>${dependency}</dependency></dependencies></project>`,
      );
      run('mvn', ['-q', 'dependency:copy-dependencies', '-DoutputDirectory=lib']);
      return run('java', ['-cp', join(FOLDER, 'lib', '*'), join(SOURCES, 'Write.java'), FILES]);
    },
    LibreOffice: () => convert('xlsx', join(FILES, 'openpyxl.xlsx'), join(FOLDER, 'libreoffice')),
    Gnumeric: () => run('ssconvert', [join(FILES, 'openpyxl.xlsx'), join(FILES, 'gnumeric.xlsx')]),
  };
  for (const [name, write] of Object.entries(writers))
    console.log(`${write() === undefined ? 'not here' : 'wrote'.padEnd(8)}  ${name}`);
  const converted = join(FOLDER, 'libreoffice', 'openpyxl.xlsx');
  if (existsSync(converted)) copyFileSync(converted, join(FILES, 'libreoffice.xlsx'));
  for (const { name, bytes } of ODD_WORKBOOKS) writeFileSync(join(FILES, fileOf(name)), bytes);
}

const typed = (value: Cell): string =>
  value === null
    ? ''
    : typeof value !== 'object'
      ? `${(typeof value)[0]}${String(value).replaceAll('\n', ' ')}`
      : 'day' in value
        ? `d${value.day}`
        : `f${value.formula}`;

function convert(to: string, file: string | readonly string[], folder: string): string | undefined {
  const profile = `-env:UserInstallation=${pathToFileURL(join(FOLDER, 'profile')).href}`;
  return run('soffice', [profile, '--headless', '--convert-to', to, '--outdir', folder, ...[file].flat()]);
}

const AS_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false';

const DAY_FIRST_OR_MONTH = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?: 00:00:00)?$/;
const YEAR_FIRST = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?: 00:00:00)?$/;

/** LibreOffice writes days as its language has them. */
function withIsoDay(value: string): string {
  const [, year, second = '', third = ''] = YEAR_FIRST.exec(value) ?? [];
  if (year !== undefined) return `${year}-${second.padStart(2, '0')}-${third.padStart(2, '0')}`;
  const [, one = '', two = '', last] = DAY_FIRST_OR_MONTH.exec(value) ?? [];
  if (last === undefined) return value;
  const [month, day] = Number(one) > 12 ? [two, one] : [one, two];
  return `${last}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Without the blank cells and rows at the end, which some readers give and others do not. */
function trimmed(rows: Rows): string[][] {
  const cut = rows.map((row) => row.slice(0, row.findLastIndex((value) => value !== '') + 1).map(withIsoDay));
  return cut.slice(0, cut.findLastIndex((row) => row.length > 0) + 1);
}

async function readHere(path: string): Promise<string[][] | string> {
  const read = await readWorkbook(readFileSync(path), { maxPeople: 500, maxRecords: 500, isKnownHeader: () => true });
  return read.ok ? trimmed([...read.grid.records]) : read.problems.map(({ code }) => code).join();
}

async function compare(): Promise<number> {
  const files = readdirSync(FILES)
    .filter((name) => name.endsWith('.xlsx'))
    .map((name) => join(FILES, name));
  const answers = run(PYTHON, [join(SOURCES, 'read.py'), ...files]);
  if (answers === undefined) throw new Error('openpyxl and calamine could not be asked');
  const read = JSON.parse(answers) as Record<string, (string[][] | string)[]>;
  convert(AS_CSV, files, join(FOLDER, 'csv'));
  let disagreements = 0;
  for (const file of files) {
    const isTable = !basename(file).startsWith('odd-');
    const all = await readHere(file);
    const csv = join(FOLDER, 'csv', basename(file).replace(/xlsx$/, 'csv'));
    const there = [
      ...read[file]!,
      existsSync(csv) ? parse(readFileSync(csv), { relax_column_count: true }) : 'no answer',
    ];
    const [first, ...others] = there.map((rows) =>
      typeof rows === 'string' ? rows : isTable ? withoutResults(trimmed(rows)) : trimmed(rows),
    );
    if (isTable) disagreements += checkResults(file, all);
    const here = isTable && typeof all !== 'string' ? withoutResults(all) : all;
    const agree = typeof first !== 'string' && others.every((other) => isDeepStrictEqual(other, first));
    if (isDeepStrictEqual(here, first) && agree) continue;
    const onPurpose = UNLIKE_OTHERS.get(basename(file));
    if (agree && onPurpose !== undefined) {
      console.log(`\non purpose   ${basename(file)}: ${onPurpose}`);
      continue;
    }
    if (agree) disagreements++;
    console.log(`\n${agree ? 'WE DIFFER' : 'they differ'}  ${basename(file)}`);
    for (const [i, name] of ['openpyxl', 'calamine', 'LibreOffice'].entries()) show(name, [first, ...others][i]!, here);
    if (typeof here === 'string') console.log(`  here         ${here}`);
  }
  console.log(`\n${files.length} files. Where the three agree, we differ ${disagreements} times.`);
  return disagreements;
}

function withoutResults(rows: string[][]): string[][] {
  return trimmed(rows.map((row, i) => (RESULTS.has(i) ? row.with(FORMULA_COLUMN, '') : row)));
}

/** A formula is read as its result, or as nothing with a warning. */
function checkResults(file: string, rows: string[][] | string): number {
  if (typeof rows === 'string') return 0;
  const wrong = [...RESULTS].filter(([row, result]) => !['', result].includes(rows[row]?.[FORMULA_COLUMN] ?? ''));
  for (const [row] of wrong) console.log(`\nWRONG  ${basename(file)} F${row + 1}: ${rows[row]![FORMULA_COLUMN]}`);
  return wrong.length;
}

/** The cells that another reader gives otherwise. */
function show(name: string, rows: string[][] | string, here: string[][] | string): void {
  if (typeof rows === 'string' || typeof here === 'string') {
    if (typeof rows === 'string') console.log(`  ${name.padEnd(12)} ${rows}`);
    return;
  }
  const lines = Array.from({ length: Math.max(rows.length, here.length) }, (_, i) => i);
  for (const line of lines) {
    const [theirs = [], ours = []] = [rows[line], here[line]];
    for (let column = 0; column < Math.max(theirs.length, ours.length); column++) {
      const [their = '', our = ''] = [theirs[column], ours[column]];
      if (their !== our)
        console.log(
          `  ${name.padEnd(12)} ${'ABCDEFGHIJ'[column]}${line + 1} ${JSON.stringify(their)}, here ${JSON.stringify(our)}`,
        );
    }
  }
}

mkdirSync(FOLDER, { recursive: true });
if (!existsSync(PYTHON)) run('python3', ['-m', 'venv', 'venv']);
run(PYTHON, ['-m', 'pip', 'install', '-q', ...PYTHON_PACKAGES]);
writeFiles();
void compare().then((disagreements) => process.exit(disagreements === 0 ? 0 : 1));
