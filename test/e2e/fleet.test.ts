import { APIS, uploadInTurn, startFleet, watchOneTruth, WORKERS } from '../chaos/fleet';
import { createFigures, seconds } from '../chaos/figures';
import { createUpload, endStates } from '../chaos/imports';
import type { Upload } from '../chaos/imports';
import { acceptedMessages, checkInvariants, untilReported } from '../chaos/invariant-check';
import { nobodyElse } from '../chaos/invariants';
import { MANY_REQUESTS } from '../chaos/product';
import type { Product } from '../chaos/product';
import { killAtRandom } from '../chaos/random-kills';
import { createSeededRandom } from '../chaos/seeded-random';
import type { ApiCaller } from '../support/api-caller';
import { people, toCsv } from '../support/people';

const FILES = 6;
const ROWS = 80;
const KILLS = 15;

describe('Two API and three worker processes on one database', () => {
  const random = createSeededRandom();
  const figures = createFigures('A fleet under random kills', ['file', 'rows', 'sent', 'unconfirmed', 'violations']);
  let product: Product;
  beforeAll(async () => {
    product = await startFleet(MANY_REQUESTS, 100);
  }, 120_000);
  afterAll(() => product.stop(), 60_000);

  test('When APIs and workers are killed at random while files go to both APIs, then nobody is lost, nobody is invited twice, and both APIs tell the same', async () => {
    const startedAt = Date.now();
    const upload = createUpload(uploadInTurn(product.apis));
    const uploads: Upload[] = [];
    const stopWatching = watchOneTruth(product.apis, () => uploads.map(({ id }) => id));
    uploads.push(await upload('fleet0', ROWS));
    const kills = killAtRandom(product, random, {
      names: [...APIS, ...WORKERS],
      times: KILLS,
      everyMs: [300, 1_500],
    });
    while (uploads.length < FILES) {
      await kills.reached(Math.floor((uploads.length * KILLS) / FILES));
      uploads.push(await upload(`fleet${uploads.length}`, ROWS));
    }
    await kills.done;
    for (const { id } of uploads) await Promise.all(product.apis.map((api) => api.rest(id, 120_000)));
    const { found, answers } = await stopWatching();
    figures.add(`${kills.count()} kills, ${answers} answers read, all in ${seconds(startedAt)}`);

    // What comes between two looks is no difference between two APIs.
    await untilReported(product);
    const violations = [...found];
    for (const [i, one] of uploads.entries()) {
      const ofFile = await checkInvariants(product, one);
      violations.push(...ofFile);
      const { sent, unconfirmed } = endStates(await product.api.find(one.id));
      figures.add(i + 1, one.rows.length, sent, unconfirmed, ofFile.length);
      for (const path of ['', '/rows?limit=500', '/audit'].map((end) => `/v1/imports/${one.id}${end}`)) {
        const [first, second] = await Promise.all(product.apis.map((api) => api.get(path)));
        expect(first).toMatchObject({ status: 200 });
        expect(second!.body).toEqual(first!.body);
      }
    }
    const meant = uploads.flatMap(({ rows }) => rows);
    violations.push(...nobodyElse(await acceptedMessages(product), meant));
    expect(violations).toEqual([]);
    expect(kills.count()).toBe(KILLS);
    expect(answers).toBeGreaterThan(KILLS);
  }, 300_000);

  test('A command to one API is at once known to the other, and the same upload to both is one import', async () => {
    const [first, second] = product.apis as [ApiCaller, ApiCaller];
    const file = { name: 'both.csv', content: toCsv(people(200, 'both', () => ({}), FILES * ROWS)) };
    const headers = { 'Idempotency-Key': 'the same for both' };
    const answers = await Promise.all([first, second, first, second].map((api) => api.uploadAs(headers, {}, file)));
    const ids = new Set(answers.map(({ body }) => body.imports[0]!.id));
    expect(ids.size).toBe(1);
    const [id] = [...ids] as [string];

    expect(await second.call('POST', `/v1/imports/${id}/pause`)).toMatchObject({ status: 200 });
    expect(await first.find(id)).toMatchObject({ status: 'paused' });
    expect(await first.call('POST', `/v1/imports/${id}/resume`)).toMatchObject({ status: 200 });
    expect((await second.find(id)).status).not.toBe('paused');
    expect(endStates(await second.rest(id, 60_000))).toEqual({ sent: 400, unconfirmed: 0, failed: 0 });
  }, 120_000);
});
