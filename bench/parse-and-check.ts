import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRows, emailKeysOf } from '../domain/checking/check-rows';
import type { CheckContext } from '../domain/checking/check-rows';
import { checkMobile } from '../domain/checking/cells/check-mobile';
import { readTable } from '../domain/reading/read-table';

/**
 * How many rows a second one process reads and checks, on files of 500 clean rows:
 * node --import tsx bench/parse-and-check.ts
 */
const GOAL_ROWS_PER_SECOND = 40_000;
const WARM_UP_MS = 1000;
const MEASURED_MS = 3000;

const bytes = readFileSync(join(__dirname, '../examples/clean-500.csv'));
const context: CheckContext = {
  kind: 'clients',
  defaultCountry: null,
  teams: ['Mayfair', 'Riverside'].map((name) => ({ id: name, name, activeStaff: true })),
  defaultTeamId: null,
  known: new Map(),
  strict: false,
  onExisting: 'error',
  channels: ['email', 'sms'],
};

async function read() {
  const result = await readTable(bytes, { kind: 'clients', maxRows: 500 });
  if (!result.ok) throw new Error(`The example was refused: ${JSON.stringify(result.problems)}`);
  return result.table;
}

async function readAndCheck(): Promise<void> {
  const fresh = await read();
  emailKeysOf(fresh);
  const bad = checkRows(fresh, context).find(({ person }) => person === null);
  if (bad) throw new Error(`Row ${bad.line} of the example was refused.`);
}

async function run(): Promise<void> {
  const table = await read();
  const parts: Record<string, () => unknown> = {
    'reading the file': read,
    'e-mail keys': () => emailKeysOf(table),
    'checking the rows': () => checkRows(table, context),
    '  of it, mobile numbers': () => Array.from(table.rows, ({ cells }) => checkMobile(cells.mobile ?? '', null)),
  };

  /** Rows a second, over as many whole files as fit into the time. */
  const measure = async (step: () => unknown, durationMs: number): Promise<number> => {
    const start = performance.now();
    let files = 0;
    for (; performance.now() - start < durationMs; files++) await step();
    return Math.round((files * table.rows.length) / ((performance.now() - start) / 1000));
  };

  await measure(readAndCheck, WARM_UP_MS);
  const total = await measure(readAndCheck, MEASURED_MS);
  console.log(
    `${total.toLocaleString('en')} rows/s read and checked (goal: ${GOAL_ROWS_PER_SECOND.toLocaleString('en')})`,
  );
  for (const [name, step] of Object.entries(parts)) {
    const microseconds = 1e6 / (await measure(step, MEASURED_MS / 3));
    console.log(`${microseconds.toFixed(1).padStart(6)} µs a row  ${name}`);
  }
}

void run();
