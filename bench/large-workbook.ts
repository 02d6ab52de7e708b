import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '../domain/reading/read-table';
import { pack, workbookParts } from '../test/corpus/writers/workbook';
import { CLIENT_HEADER } from '../test/corpus/writers/write-text';

/**
 * Reads a workbook of 100,000 people in a process of its own, whose heap has no room for its parts as strings or trees:
 * node --import tsx bench/large-workbook.ts
 */
const ROWS = 100_000;
const HEAP_LIMIT_MB = 128;
/** Of the whole process, with the packed file and what zlib holds. */
const RSS_LIMIT_MB = 256;

const [, , mode, file = ''] = process.argv;

function compareWithLimits(): void {
  const folder = mkdtempSync(join(tmpdir(), 'large-workbook-'));
  const path = join(folder, 'people.xlsx');
  try {
    writeFileSync(path, writePeople());
    const child = [`--max-old-space-size=${HEAP_LIMIT_MB}`, '--import', 'tsx', __filename, 'read', path];
    execFileSync(process.execPath, child, { stdio: 'inherit' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readWorkbook(path: string): Promise<void> {
  const start = performance.now();
  let peakHeap = 0;
  const watch = setInterval(() => (peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed)), 20);
  const read = await readTable(readFileSync(path), { kind: 'clients', maxRows: ROWS });
  clearInterval(watch);
  if (!read.ok) throw new Error(`The workbook was rejected: ${JSON.stringify(read.problems)}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const heap = Math.round(peakHeap / 1e6);
  const rss = Math.round(process.resourceUsage().maxRSS / 1000);
  console.log(
    `${read.table.rows.length.toLocaleString('en')} rows in ${seconds} s, heap at most ${heap} MB of ${HEAP_LIMIT_MB}, process at most ${rss} MB (limit: ${RSS_LIMIT_MB})`,
  );
  process.exitCode = read.table.rows.length === ROWS && rss <= RSS_LIMIT_MB ? 0 : 1;
}

/** As Excel writes it: all texts stand apart from the cells. */
function writePeople(): Uint8Array {
  const texts = new Map<string, number>();
  const rows = Array.from({ length: ROWS + 1 }, (_, i) => {
    const cells = i === 0 ? CLIENT_HEADER : personCells(i);
    const xml = cells.map((text, column) => {
      if (!texts.has(text)) texts.set(text, texts.size);
      return `<c r="${'ABCDEFG'[column]}${i + 1}" t="s"><v>${texts.get(text)}</v></c>`;
    });
    return `<row r="${i + 1}" spans="1:7">${xml.join('')}</row>`;
  });
  const sharedStrings = [...texts.keys()].map((text) => `<t>${text}</t>`);
  const parts = workbookParts([{ name: 'People', rows: [] }], { sharedStrings });
  const sheet = 'xl/worksheets/sheet1.xml';
  return pack({ ...parts, [sheet]: parts[sheet]!.replace('<sheetData>', `<sheetData>${rows.join('')}`) });
}

const personCells = (i: number): string[] => [
  `First${i % 5000}`,
  `Last${i % 7000}`,
  `person.${i}@large-workbook.example`,
  `+1212555${String(i).padStart(7, '0')}`,
  'Client',
  `Company ${i % 900} & Sons`.replace('&', '&amp;'),
  'Mayfair',
];

if (mode === 'read') void readWorkbook(file);
else compareWithLimits();
