import { execFile } from 'node:child_process';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { promisify } from 'node:util';
import { isResting, statusesThat } from '../../contract/import-status';
import type { ImportDoc } from '../../store/documents';
import type { MutantsReport } from '../corpus-tools/check-mutants';
import type { WorstCaseReport } from '../corpus-tools/check-worst-cases';
import { mutate } from '../corpus-tools/mutate';
import type { Mutant } from '../corpus-tools/mutate';
import { createRandom } from '../corpus-tools/random';
import { SEEDS } from '../corpus-tools/seeds';
import { startPlanningApi } from '../corpus-tools/plan-at-once';
import type { PlanningApi } from '../corpus-tools/plan-at-once';
import type { ApiCaller, ImportAnswer, RowAnswer } from '../support/api-caller';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

/** How many damaged files there are, and which: `npm run mutations -- 10000 7` sets both. */
const FILES = Number(process.env.MUTATIONS ?? 200);
/** Of those, so many go through the API as well; all of them where their number is given. */
const UPLOADED = Number(process.env.MUTATIONS ?? 80);
const SEED = Number(process.env.MUTATION_SEED ?? 1);
const MANY = 100;
const FILES_PER_UPLOAD = 50;
const UPLOADS_AT_ONCE = 2;
/** One upload in so many goes through Temporal too. */
const WHOLE_WAY_EVERY = 10;

const TIME_LIMIT_MS = 2_000;
const MEMORY_LIMIT_MB = 600;
const HEAP_LIMIT_MB = 256;

const mutant = (number: number): Mutant => mutate(SEEDS, createRandom(number));

/** What is said at the upload of one batch or another. Nothing is sent in any case: all are previews. */
const OPTIONS: readonly Record<string, string>[] = [
  {},
  { onExisting: 'update' },
  { kind: 'staff', onExisting: 'invite' },
  { strict: 'true' },
  { encoding: 'windows-1252' },
  {},
  { onExisting: 'skip' },
  { encoding: 'utf-16le' },
];

describe(`${FILES} damaged files, from number ${SEED} on`, () => {
  test(
    'When each is read and checked, then it ends in a result or a reason, within 2 s, and nothing else waits for 200 ms',
    async () => {
      const report = JSON.parse(await runProgram('check-mutants.ts', `${FILES}`, `${SEED}`)) as MutantsReport;
      expect(report.faults).toEqual([]);
      expect(report.read + report.refused).toBe(FILES);
      // Else nothing but refusals would have been tried; a file that is repeated may well be one.
      if (FILES >= MANY) expect(report.read).toBeGreaterThan(FILES / 10);
    },
    60_000 + FILES * 30,
  );

  describe('uploaded', () => {
    let stack: Stack;
    let planning: PlanningApi;
    beforeAll(async () => {
      stack = await startStack();
      planning = await startPlanningApi(stack);
    });
    afterAll(async () => {
      planning.stop();
      await stack.stop();
    });

    test(
      'When each is uploaded, then it ends in a result or a structured error, and its counts add up to its lines',
      async () => {
        const faults: string[] = [];
        const starts = Array.from(
          { length: Math.ceil(UPLOADED / FILES_PER_UPLOAD) },
          (_, i) => SEED + i * FILES_PER_UPLOAD,
        );
        const uploadFrom = async (from: number): Promise<void> => {
          const numbers = Array.from(
            { length: Math.min(FILES_PER_UPLOAD, SEED + UPLOADED - from) },
            (_, i) => from + i,
          );
          const isWholeWay = ((from - SEED) / FILES_PER_UPLOAD) % WHOLE_WAY_EVERY === 0;
          faults.push(...(await uploadAndLook(isWholeWay ? stack.api : planning.api, numbers)));
        };
        const limit = pLimit(UPLOADS_AT_ONCE);
        await Promise.all(starts.map((from) => limit(uploadFrom, from)));
        expect(faults).toEqual([]);
      },
      120_000 + UPLOADED * 150,
    );

    async function uploadAndLook(api: ApiCaller, numbers: number[]): Promise<string[]> {
      const mutants = numbers.map(mutant);
      const files = mutants.map(({ name, bytes }, i) => ({
        name: `${numbers[i]}-${name}`,
        content: new Uint8Array(bytes),
      }));
      const options = { mode: 'preview', ...OPTIONS[((numbers[0]! / FILES_PER_UPLOAD) % OPTIONS.length) | 0] };
      const { status, body } = await api.uploadWith(options, ...files);
      if (status !== 202)
        return [`The upload from ${numbers[0]} on was answered with ${status}: ${JSON.stringify(body)}`];
      const ids = body.imports.map(({ id }) => id);
      await allAtRest(ids);
      const list = await api.get<{ data: ImportAnswer[] }>(`/v1/imports?batch=${body.batch}&limit=500`);
      if (list.status !== 200) return [`The list from ${numbers[0]} on was answered with ${list.status}`];
      const faults = await Promise.all(
        ids.map((id) =>
          look(
            api,
            list.body.data.find((found) => found.id === id),
          ),
        ),
      );
      return faults.flatMap((found, i) => found.map((fault) => `${numbers[i]} (${mutants[i]!.story}): ${fault}`));
    }

    const allAtRest = (ids: string[]): Promise<unknown> =>
      until(
        'the damaged files to rest',
        () =>
          stack.db
            .collection<ImportDoc>('imports')
            .find({ _id: { $in: ids }, status: { $nin: statusesThat(isResting) } })
            .project({ fileName: 1, status: 1 })
            .toArray(),
        (restless) => restless.length === 0,
        120_000,
      );

    async function look(api: ApiCaller, listed: ImportAnswer | undefined): Promise<string[]> {
      if (!listed) return ['It is not in the list of its upload'];
      if (listed.status === 'failed') return importFaults(listed);
      const found = await api.get<ImportAnswer>(`/v1/imports/${listed.id}`);
      const rows = await api.get<{ data: RowAnswer[] }>(`/v1/imports/${listed.id}/rows?limit=500`);
      if (found.status !== 200 || rows.status !== 200) return [`The API answers ${found.status} and ${rows.status}`];
      const hasPlan = found.body.plan !== null;
      return [
        ...importFaults(found.body),
        ...rowFaults(found.body, rows.body.data),
        ...(hasPlan || asksWhatItIs(found.body) ? [] : ['It waits for approval and has no plan']),
      ];
    }
  });
});

describe('The worst files that were thought of', () => {
  test('When each is read and checked, then that is over within 2 s and in little memory', async () => {
    const output = await runProgram('check-worst-cases.ts');
    const reports = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as WorstCaseReport);

    expect(reports.length).toBeGreaterThan(50);
    expect(reports.filter(({ elapsedMs, faults }) => elapsedMs > TIME_LIMIT_MS || faults.length > 0)).toEqual([]);
    expect(reports.at(-1)!.peakMegabytes).toBeLessThan(MEMORY_LIMIT_MB);
  }, 240_000);
});

/** Its rows are read once an administrator has said which sheet or which columns are meant. */
const asksWhatItIs = ({ questions }: ImportAnswer): boolean =>
  questions.some(({ kind }) => kind === 'columns' || kind === 'sheet');

function importFaults(importAnswer: ImportAnswer): string[] {
  const { status, problems, lines, rows } = importAnswer;
  const counted = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const hasError = problems.some(({ severity }) => severity === 'error');
  return [
    ...(status === 'failed' || status === 'awaiting-approval' ? [] : [`It ends as ${status}`]),
    ...((status === 'failed') === hasError
      ? []
      : [`It ends as ${status} with these problems: ${JSON.stringify(problems)}`]),
    ...(counted === lines ? [] : [`${lines} lines and ${counted} rows`]),
    ...((status === 'failed' || asksWhatItIs(importAnswer)) === (lines === 0)
      ? []
      : [`It ends as ${status} with ${lines} lines`]),
  ];
}

function rowFaults({ lines }: ImportAnswer, rows: readonly RowAnswer[]): string[] {
  const wrong = rows.filter(
    ({ status, problems }) => (status === 'rejected') !== problems.some(({ severity }) => severity === 'error'),
  );
  return [
    ...(rows.length === lines ? [] : [`${lines} lines and ${rows.length} rows to be seen`]),
    ...wrong.map(({ row, status }) => `Row ${row} is ${status} and its problems say otherwise`),
  ];
}

/** In a process of its own, so that nothing but the files is measured. */
async function runProgram(name: string, ...args: string[]): Promise<string> {
  const program = [
    `--max-old-space-size=${HEAP_LIMIT_MB}`,
    '--import',
    'tsx',
    join(__dirname, '../corpus-tools', name),
    ...args,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, program, { maxBuffer: 50_000_000 });
  return stdout;
}
