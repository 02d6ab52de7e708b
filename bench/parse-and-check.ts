import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRows, emailKeysOf } from '../domain/check-rows';
import type { CheckContext } from '../domain/check-rows';
import { checkMobile } from '../domain/check-mobile';
import { readTable } from '../domain/read-table';

/**
 * How many rows a second one process reads and checks, on files of 500 clean rows:
 * node --import tsx bench/parse-and-check.ts
 */
const GOAL_ROWS_PER_SECOND = 40_000;
const WARM_UP_MS = 1000;
const MEASURED_MS = 3000;

const bytes = readFileSync(join(__dirname, '../examples/clean-500.csv'));
const context: CheckContext = {
  defaultCountry: null,
  teams: ['Mayfair', 'Riverside'].map((name) => ({ id: name, name, activeStaff: true })),
  defaultTeamId: null,
  usedEmails: new Map(),
  staffEmails: new Set(),
};

function read() {
  const result = readTable(bytes, { maxRows: 500 });
  if (!result.ok) throw new Error(`The example was refused: ${JSON.stringify(result.problems)}`);
  return result.table;
}

const table = read();

function readAndCheck(): void {
  const fresh = read();
  emailKeysOf(fresh);
  const bad = checkRows(fresh, context).find(({ client }) => client === null);
  if (bad) throw new Error(`Row ${bad.line} of the example was refused.`);
}

/** Rows a second, over as many whole files as fit into the time. */
function measure(step: () => void, durationMs: number): number {
  const start = performance.now();
  let files = 0;
  for (; performance.now() - start < durationMs; files++) step();
  return Math.round((files * table.rows.length) / ((performance.now() - start) / 1000));
}

const parts: Record<string, () => void> = {
  'reading the file': read,
  'e-mail keys': () => emailKeysOf(table),
  'checking the rows': () => checkRows(table, context),
  '  of it, mobile numbers': () => table.rows.forEach(({ cells }) => checkMobile(cells.mobile ?? '', null)),
};

measure(readAndCheck, WARM_UP_MS);
const total = measure(readAndCheck, MEASURED_MS);
console.log(
  `${total.toLocaleString('en')} rows/s read and checked (goal: ${GOAL_ROWS_PER_SECOND.toLocaleString('en')})`,
);
for (const [name, step] of Object.entries(parts)) {
  const microseconds = 1e6 / measure(step, MEASURED_MS / 3);
  console.log(`${microseconds.toFixed(1).padStart(6)} µs a row  ${name}`);
}
