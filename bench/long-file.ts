import { execFileSync } from 'node:child_process';
import { createRowChecker } from '../domain/checking/check-rows';
import type { CheckContext, CheckedRow } from '../domain/checking/check-rows';
import { SharedMobiles } from '../domain/checking/shared-mobiles';
import { ListBuilder, pagesOf } from '../domain/long-list';
import { readTable } from '../domain/reading/read-table';
import { CLIENT_HEADER } from '../test/corpus/writers/write-text';

/**
 * Memory and processor time of reading and checking one file of 100,000 rows, and of as many rows in files of 500, each in a process of
 * its own: npm run bench:long-file
 */
const ROWS = 100_000;
const FEW = 500;
const ROWS_A_PAGE = 1_000;
const context: CheckContext = {
  ...{ kind: 'clients', defaultCountry: null, teams: [{ id: 'team', name: 'Mayfair', activeStaff: true }] },
  ...{ defaultTeamId: null, known: new Map(), strict: false, onExisting: 'error', channels: ['email', 'sms'] },
};

const lineOf = (i: number): string =>
  `First${i % 5_000},Last${i % 7_000},person.${i}@long-file.example,+1212${String(2_000_000 + i)},Client,Company ${i % 900},Mayfair`;
/** Without its lines as objects, which would count as memory of the reading. */
function fileOf(rows: number): Buffer {
  const bytes = Buffer.alloc((rows + 1) * 120, '\n');
  let at = bytes.write(`${CLIENT_HEADER.join(',')}\n`);
  for (let i = 0; i < rows; i++) at += bytes.write(`${lineOf(i)}\n`, at);
  return bytes.subarray(0, at);
}

async function readAndCheck(bytes: Buffer, maxRows: number): Promise<number> {
  const read = await readTable(bytes, { kind: 'clients', maxRows });
  if (!read.ok) throw new Error(`The file was rejected: ${JSON.stringify(read.problems)}`);
  const check = createRowChecker(read.table, context);
  const shared = new SharedMobiles(read.table, { kind: 'clients' });
  const checked = new ListBuilder<CheckedRow>();
  for (const page of pagesOf(read.table.rows, ROWS_A_PAGE)) {
    const rows = check(page);
    shared.count(rows);
    for (const row of rows) checked.push(row);
  }
  let good = 0;
  for (const row of checked.list()) if (shared.mark(row, '').person) good++;
  return good;
}

async function measure(rows: number): Promise<void> {
  const bytes = fileOf(rows);
  let good = 0;
  const start = process.cpuUsage();
  for (let done = 0; done < ROWS; done += rows) good += await readAndCheck(bytes, rows);
  const { user, system } = process.cpuUsage(start);
  if (good !== ROWS) throw new Error(`Only ${good} rows are good`);
  console.log(JSON.stringify({ cpu: (user + system) / ROWS, rss: process.resourceUsage().maxRSS / 1_000 }));
}

function compare(): void {
  const [long, short] = [ROWS, FEW].map((rows) => {
    const child = ['--max-semi-space-size=8', '--import', 'tsx', __filename, `${rows}`];
    return JSON.parse(execFileSync(process.execPath, child, { encoding: 'utf8' })) as { cpu: number; rss: number };
  }) as [{ cpu: number; rss: number }, { cpu: number; rss: number }];
  for (const [what, { cpu, rss }] of [
    [`${ROWS} rows in one file`, long],
    [`as many in files of ${FEW}`, short],
  ] as const)
    console.log(`${what}: ${cpu.toFixed(1)} µs a row, process at most ${Math.round(rss)} MB`);
  console.log(`ratios: time ${(long.cpu / short.cpu).toFixed(2)}, memory ${(long.rss / short.rss).toFixed(2)}`);
}

const [, , rows] = process.argv;
if (rows) void measure(Number(rows));
else compare();
