import { setTimeout as pause } from 'node:timers/promises';
import { APIS, uploadInTurn, startFleet, watchOneTruth, WORKERS } from '../chaos/fleet';
import { createFigures, seconds } from '../chaos/figures';
import { createUpload, endStates } from '../chaos/imports';
import type { Upload } from '../chaos/imports';
import { checkInvariants } from '../chaos/invariant-check';
import { findTimeOuts } from '../chaos/time-outs';
import type { Product } from '../chaos/product';

const EVERY_MS = 5_000;
/** `npm run rolling-restart` takes three minutes. */
const FOR_MS = Number(process.env.ROLLING_SECONDS ?? 45) * 1_000;
const ROWS = 60;
/** One after the other, so that each kind is met early. */
const ORDER = [WORKERS[0]!, APIS[0]!, WORKERS[1]!, APIS[1]!, WORKERS[2]!];

/** As a deployment does it: by SIGTERM, one program after the other, and each is ready before the next is stopped. */
describe('A rolling restart every 5 s', () => {
  const figures = createFigures(
    'A rolling restart',
    ['restarts', 'files', 'rows', 'longest stop of an API', 'of a worker', 'answers', 'took'],
    { name: 'rolling-restart', rows: 1 },
  );
  let product: Product;
  beforeAll(async () => {
    // Each program is met with requests under way: a file takes about two seconds.
    product = await startFleet({ SMS_CONCURRENCY: '8', EMAIL_BATCH_SIZE: '5' }, 250);
  }, 120_000);
  afterAll(() => product.stop(), 60_000);

  test(
    'All imports finish, no message is in doubt, no step times out, and no client gets an error',
    async () => {
      const startedAt = Date.now();
      const upload = createUpload(uploadInTurn(product.apis));
      const uploads: Upload[] = [];
      const stopWatching = watchOneTruth(product.apis, () => uploads.slice(-4).map(({ id }) => id));
      let restarts = 0;
      // On a busy machine a start takes longer than five seconds: each program has its turn all the same.
      const isOver = (): boolean => Date.now() - startedAt >= FOR_MS && restarts >= ORDER.length;
      const longestMs = { api: 0, worker: 0 };
      const rolling = (async () => {
        while (!isOver()) {
          const name = ORDER[restarts++ % ORDER.length]!;
          const [due, starts, ends] = [Date.now() + EVERY_MS, product.startsOf(name), product.exits().length];
          const stoppedAt = Date.now();
          product.kill(name, 'SIGTERM');
          while (product.exits().length === ends) await pause(20);
          const kind = APIS.includes(name) ? 'api' : 'worker';
          longestMs[kind] = Math.max(longestMs[kind], Date.now() - stoppedAt);
          await product.untilReady(name, starts + 1);
          await pause(Math.max(0, due - Date.now()));
        }
      })();
      rolling.catch(() => undefined);
      while (!isOver()) {
        uploads.push(await upload(`rolling${uploads.length}`, ROWS));
        await Promise.race([pause(2_000), rolling]);
      }
      await rolling;
      for (const { id } of uploads) await product.api.rest(id, 60_000);
      const { found, answers } = await stopWatching();
      const took = seconds(startedAt);

      expect(found).toEqual([]);
      expect(product.exits().filter((line) => !line.includes('(exit code 0)'))).toEqual([]);
      for (const one of uploads) {
        expect(await checkInvariants(product, one)).toEqual([]);
        const answer = await product.api.find(one.id);
        expect(answer.status).toBe('completed');
        expect(endStates(answer)).toEqual({ sent: 2 * ROWS, unconfirmed: 0, failed: 0 });
        expect(await findTimeOuts(product.temporal, one.id)).toEqual([]);
      }
      figures.add(
        restarts,
        uploads.length,
        uploads.length * ROWS,
        `${longestMs.api} ms`,
        `${longestMs.worker} ms`,
        answers,
        took,
      );
    },
    // Where all processors are busy, a start takes half a minute, and there are five of them.
    FOR_MS + 540_000,
  );
});
