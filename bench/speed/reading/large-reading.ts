import { setTimeout as pause } from 'node:timers/promises';
import { ROWS as USUAL_ROWS } from '../client-files';
import type { ClientFile } from '../client-files';
import { importByProduct } from '../product';
import { median } from '../report/figures';
import type { Target } from '../report/targets';
import { measure } from '../stack/processes';
import type { Stack } from '../stack/stack';
import type { Measure } from '../measures/measure';
import { workOf } from './mongod-work';
import { ask, SURFACES } from './surfaces';
import type { Subject, Surface } from './surfaces';

const ROWS = Number(process.env['LARGE_ROWS'] ?? 100_000);
const READS = 9;
const POLL_MS = 50;
const LIMIT_MS = 1_800_000;
/** For what goes on behind the close, and for the API to let go of what it held. */
const QUIET_MS = 2_000;
/** One line of so many has no address. */
const A_BAD_ONE_IN = 100;

interface Cost {
  ms: number;
  firstByteMs: number;
  bytes: number;
  /** Of the API, in MB: at most at once, and how much more than before. */
  peak: number;
  grown: number;
  documents: number;
  scanned: string[];
}

/** What is read of one file of many rows beside the same of a usual one. */
export const largeReading: Measure = {
  options: {
    settings: { MAX_ROWS_PER_FILE: String(Math.max(ROWS, USUAL_ROWS)), UPLOAD_MAX_BYTES: String(100 * 1024 * 1024) },
  },
  async run(stack, newFiles, note) {
    const subjects: Subject[] = [];
    for (const rows of [USUAL_ROWS, ROWS]) {
      const { ids, ms } = await importByProduct(stack, newFiles(1, rows).map(withBadLines), stack.headers, LIMIT_MS);
      note(`${rows} rows imported in ${(ms / 1000).toFixed(1)} s`);
      subjects.push({ importId: ids[0]!, rows });
    }
    await pause(QUIET_MS);
    const [usual, large] = subjects as [Subject, Subject];
    const only = process.env['SURFACE'];
    const targets: Target[] = [];
    for (const surface of SURFACES.filter(({ name }) => only === undefined || name.includes(only))) {
      const small = await costOf(stack, surface, usual);
      const one = await costOf(stack, surface, large);
      note(`${surface.name}: ${inWords(small)}; of ${ROWS} rows ${inWords(one)}`);
      targets.push(...targetsOf(surface, small, one));
    }
    if (only !== undefined) return targets;
    const [ofUsual, ofLarge] = [await undoCost(stack, usual), await undoCost(stack, large)];
    return [
      ...targets,
      { measure: `an undo, a row of ${ROWS}`, figure: ofLarge.ms, unit: 'ms' },
      { measure: `an undo, a row ÷ of ${USUAL_ROWS} rows`, figure: ofLarge.ms / ofUsual.ms, must: 2 },
      { measure: 'an undo, documents looked at a row', figure: ofLarge.documents },
      {
        measure: `an undo, documents looked at a row ÷ of ${USUAL_ROWS} rows`,
        figure: ofLarge.documents / ofUsual.documents,
        must: 2,
      },
    ];
  },
};

/** Undoes the import; what each of its rows costs. */
async function undoCost(
  { apiUrl, headers, db, ...stack }: Stack,
  { importId, rows }: Subject,
): Promise<{ ms: number; documents: number }> {
  const post = async (body: object): Promise<{ planHash: string }> => {
    const answer = await fetch(`${apiUrl}/v1/imports/${importId}/undo`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`The undo of ${importId} answered ${answer.status}.`);
    return (await answer.json()) as { planHash: string };
  };
  const { planHash } = await post({});
  const startedAt = performance.now();
  const { documents } = await workOf({ db, ...stack }, async () => {
    await post({ planHash });
    const undone = { _id: importId as never, status: 'undone' };
    while (!(await db.collection('imports').findOne(undone))) await pause(POLL_MS);
  });
  return { ms: (performance.now() - startedAt) / rows, documents: documents / rows };
}

const withBadLines = (file: ClientFile): ClientFile => ({
  ...file,
  content: file.content.replace(/person\.(\d+)@[^,]+/g, (address, i) =>
    Number(i) % A_BAD_ONE_IN === A_BAD_ONE_IN / 2 ? 'nobody' : address,
  ),
});

async function costOf(stack: Stack, surface: Surface, subject: Subject): Promise<Cost> {
  const times: Awaited<ReturnType<typeof ask>>[] = [];
  const stopMeasuring = measure(stack.pids('api'));
  const before = peakNow(stack);
  for (let i = 0; i < (surface.times ?? READS); i++) {
    await surface.before?.(stack, subject);
    times.push(await ask(stack, surface, subject));
  }
  const peak = stopMeasuring().peak['api']!;
  await surface.before?.(stack, subject);
  const { documents, scanned } = await workOf(stack, () => ask(stack, surface, subject));
  return {
    ms: median(times.map(({ ms }) => ms)),
    firstByteMs: median(times.map(({ firstByteMs }) => firstByteMs)),
    bytes: times[0]!.bytes,
    ...{ peak, grown: peak - before, documents, scanned },
  };
}

const peakNow = (stack: Stack): number => measure(stack.pids('api'))().peak['api']!;

const inWords = ({ ms, firstByteMs, bytes, peak, grown, documents, scanned }: Cost): string =>
  `${ms.toFixed(1)} ms (first byte ${firstByteMs.toFixed(1)}), ${Math.round(bytes / 1024)} kB, ${documents} documents, ` +
  `API ${Math.round(peak)} MB (+${Math.round(grown)})${scanned.length > 0 ? `, scans ${scanned.join()}` : ''}`;

/** What is constant is compared as it is, what is read by the row by its row; the rest is shown. */
function targetsOf({ name, isByRow, isConstant }: Surface, small: Cost, one: Cost): Target[] {
  const by = isByRow ? ROWS / USUAL_ROWS : 1;
  const what = isByRow ? `${name}, a row` : name;
  const must = (isConstant ?? isByRow) ? { must: 2 } : {};
  return [
    { measure: `${name}, ${ROWS} rows`, figure: one.ms, unit: 'ms' },
    { measure: `${what} ÷ of ${USUAL_ROWS} rows`, figure: one.ms / small.ms / by, ...must },
    { measure: `${name}, documents looked at`, figure: one.documents },
    { measure: `${name}, peak of the API ÷ of ${USUAL_ROWS} rows`, figure: one.peak / small.peak, must: 1.2 },
  ];
}
