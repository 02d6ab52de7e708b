import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Stock } from './stock';

const VERSION = 'schemathesis==4.32.5';
/** The same cases each time. */
export const SEED = 1;
/** So many of the ids and lines are of something that there is. */
const KNOWN_SHARE = 0.8;

/** An environment of Python with the tool, in a folder that is kept for the next run. Returns the program. */
export function installSchemathesis(): string {
  const folder = join(tmpdir(), `client-import-${VERSION.replace('==', '-')}`);
  const tool = join(folder, 'bin', 'schemathesis');
  if (!existsSync(tool)) {
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', VERSION], { stdio: 'inherit' });
  }
  return tool;
}

export interface Run {
  tool: string;
  url: string;
  /** For the settings and the reports. */
  folder: string;
  name: string;
  headers: Readonly<Record<string, string>>;
  stock: Stock;
  /** The most cases of an operation that are made up, beside those that the document amounts to. */
  examples: number;
  phases: string;
  /** After which it is stopped, in milliseconds. */
  withinMs: number;
}

/** Answers by method and path, and by class of status, such as `2xx`. */
export type Counts = Map<string, Map<string, number>>;

/** Runs all checks and prints what fails. Returns the exit code of the tool, and what it has asked. */
export async function runSchemathesis(run: Run): Promise<{ code: number; isLate: boolean; counts: Counts }> {
  const { tool, url, folder, name, headers, examples, phases, withinMs } = run;
  const config = join(folder, `${name}.toml`);
  const report = join(folder, `${name}.ndjson`);
  writeFileSync(config, readFileSync(join(__dirname, 'schemathesis.toml'), 'utf8') + settingsOf(run.stock));
  const args = [
    ...['--config-file', config, 'run', `${url}/openapi.json`, '--url', url, '--mode', 'all'],
    ...['--phases', phases, '--max-examples', `${examples}`, '--continue-on-failure', '--request-timeout', '20'],
    ...['--workers', '2', '--generation-database', 'none', '--seed', `${SEED}`, '--suppress-health-check', 'all'],
    // The table of answers says which operations were reached.
    ...['--warnings', 'off', '--report', 'ndjson', '--report-ndjson-path', report],
    ...Object.entries(headers).flatMap(([header, value]) => ['--header', `${header}: ${value}`]),
  ];
  const child = spawn(tool, args, { cwd: folder, stdio: 'inherit' });
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    child.kill('SIGINT');
  }, withinMs);
  const code = await new Promise<number>((resolve) => child.once('exit', (ended) => resolve(ended ?? 1)));
  clearTimeout(late);
  return {
    code,
    isLate,
    counts: existsSync(report) ? await countAnswers(report) : new Map<string, Map<string, number>>(),
  };
}

/** Has the values of what there is put into parameters, most of the time. */
const settingsOf = (stock: Stock): string =>
  stock
    .map(({ paths, parameter, values }, i) =>
      [
        `\n[dictionaries.stock${i}]`,
        `values = ${JSON.stringify(values)}`,
        '[[operations]]',
        `include-path-regex = ${JSON.stringify(paths)}`,
        `parameters = { "${parameter}" = { dictionary = "stock${i}", probability = ${KNOWN_SHARE} } }\n`,
      ].join('\n'),
    )
    .join('');

interface ReportLine {
  ScenarioFinished?: {
    recorder: {
      cases: Record<string, { value: { method: string; path: string } }>;
      interactions: Record<string, { response: { status_code: number } | null }>;
    };
  };
}

async function countAnswers(report: string): Promise<Counts> {
  const counts: Counts = new Map();
  for await (const line of createInterface({ input: createReadStream(report) })) {
    const { cases = {}, interactions = {} } = (JSON.parse(line) as ReportLine).ScenarioFinished?.recorder ?? {};
    for (const [id, { response }] of Object.entries(interactions)) {
      const { method, path } = cases[id]!.value;
      const operation = `${method.toUpperCase()} ${path}`;
      const status = response === null ? 'none' : `${Math.floor(response.status_code / 100)}xx`;
      const of = counts.get(operation) ?? new Map<string, number>();
      counts.set(operation, of.set(status, (of.get(status) ?? 0) + 1));
    }
  }
  return counts;
}
