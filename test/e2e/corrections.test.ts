import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

describe('Corrected files', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const failedRows = async (id: string): Promise<string> => {
    const response = await fetch(`${stack.url}/v1/imports/${id}/failed-rows.csv`, {
      headers: { Authorization: `Bearer ${stack.api.key}` },
    });
    expect(response.status).toBe(200);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  };

  test('When 13 of 500 rows are refused, corrected and uploaded, then both files together have 500 done and none open', async () => {
    const rows = people(500, 'union', (_, i) => (i % 40 === 7 ? { email: `broken ${i}` } : {}));
    const first = await stack.api.importId(toCsv(rows));
    expect(await stack.api.rest(first)).toMatchObject({ rows: { created: 487, rejected: 13 }, union: null });

    const corrected = (await failedRows(first)).replace(/broken (\d+)/g, 'mended$1@example.com');
    const second = await stack.api.importId(corrected, 'failed-rows.csv');
    expect(await stack.api.rest(second)).toMatchObject({ status: 'completed', corrects: first, rows: { created: 13 } });

    const union = { lines: 500, done: 500, waiting: 0, open: 0 };
    const passes = [
      { importId: first, lines: 500, done: 487 },
      { importId: second, lines: 13, done: 13 },
    ];
    for (const id of [first, second]) expect((await stack.api.find(id)).union).toMatchObject({ ...union, passes });
    const refused = await stack.api.rows(first, '&status=rejected');
    expect(refused.map(({ corrected }) => corrected)).toEqual(Array(13).fill(true));
    const again = await stack.api.get<{ code: string }>(`/v1/imports/${first}/failed-rows.csv`);
    expect(again).toMatchObject({ status: 404, body: { code: 'no-failed-rows' } });
  });

  test('When only some rows are mended at a time, then the third file still counts on the lines of the first', async () => {
    const rows = people(10, 'chain', (_, i) => (i < 4 ? { email: `broken${i}` } : {}), 600);
    const first = await stack.api.importId(toCsv(rows));
    await stack.api.rest(first);
    const second = await stack.api.importId((await failedRows(first)).replace(/broken[01]/g, '$&@chain.example.com'));
    expect(await stack.api.rest(second)).toMatchObject({ rows: { created: 2, rejected: 2 } });
    expect((await stack.api.find(first)).union).toMatchObject({ lines: 10, done: 8, open: 2 });
    expect((await failedRows(first)).match(/broken\d/g)).toEqual(['broken2', 'broken3']);

    const third = await stack.api.importId((await failedRows(second)).replace(/broken[23]/g, '$&@chain.example.com'));
    expect(await stack.api.rest(third)).toMatchObject({ corrects: second, rows: { created: 2 } });
    expect((await stack.api.find(third)).union).toMatchObject({
      lines: 10,
      done: 10,
      open: 0,
      passes: [{ done: 6 }, { done: 2 }, { done: 2 }],
    });
  });

  test('When a file names an import that is not its own, then it is an import like any other', async () => {
    const [person] = people(1, 'alien', () => ({}), 620);
    const alien = toCsv([person!]).trimEnd().split('\n');
    const id = crypto.randomUUID();
    const content = `${alien[0]},import_line,import_id\n${alien[1]},2,${id}\n`;
    expect(await stack.api.rest(await stack.api.importId(content))).toMatchObject({
      status: 'completed',
      corrects: null,
      union: null,
      problems: [],
    });
  });
});
