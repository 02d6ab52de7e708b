import type { RowAnswer } from '../support/api-caller';
import { download } from '../support/download';
import { HEADER, people } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

const csv = (...rows: (readonly string[])[]): string =>
  [HEADER, ...rows].map((cells) => `${cells.join(',')}\n`).join('');

describe('Rows that are no people, and rows of a preview', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  let from = 5_000;
  const some = (count = 2): Person[] => {
    from += 10;
    return people(count, `aside${from}`, () => ({}), from);
  };
  const cellsOf = (rows: readonly Person[]): string[][] => rows.map((row) => Object.values(row) as string[]);
  const TOTAL = ['Total', '', '', '', '', '', '2'];
  const NOTE = ['* clients as of the first of March', '', '', '', '', '', ''];

  async function imported(content: string, options: Record<string, string> = {}): Promise<string> {
    const id = await stack.api.importIdWith(options, content);
    await stack.api.rest(id);
    return id;
  }
  const send = <T = { code?: string; ignored?: number[] }>(
    method: string,
    path: string,
    body?: object,
    api = stack.api,
  ) =>
    api.call<T>(method, `/v1/imports/${path}`, {
      ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  const rowOf = async (id: string, line: number): Promise<RowAnswer> =>
    (await stack.api.rows(id)).find(({ row }) => row === line)!;
  const audited = async (id: string): Promise<boolean> =>
    (await stack.api.get<{ ok: boolean }>(`/v1/imports/${id}/audit`)).body.ok;

  test('When totals and remarks are put aside by suggestion, then the import ends clean, and all of it agrees', async () => {
    const id = await imported(csv(...cellsOf(some()), TOTAL, NOTE));
    expect(await stack.api.find(id)).toMatchObject({ status: 'completed-with-problems', rows: { rejected: 2 } });
    for (const line of [4, 5]) expect((await rowOf(id, line)).problems[0]).toMatchObject({ code: 'row.not-a-person' });

    const put = await send('POST', `${id}/ignored-rows`, { suggested: true, reason: 'sums' });
    expect(put).toMatchObject({ status: 202, body: { ignored: [4, 5] } });
    expect(await stack.api.rest(id)).toMatchObject({
      status: 'completed',
      lines: 4,
      rows: { created: 2, ignored: 2, rejected: 0 },
    });
    expect(await rowOf(id, 4)).toMatchObject({ status: 'ignored', ignored: { reason: 'sums' }, problems: [] });
    expect(await audited(id)).toBe(true);
    const report = (await download(stack, `/v1/imports/${id}/report.csv`)).bytes.toString();
    expect(report).toMatch(/4,ignored,Total,.*Put aside, as no person: sums/);
    expect((await download(stack, `/v1/imports/${id}/failed-rows.csv`)).status).toBe(404);
    expect(await send('POST', `${id}/ignored-rows`, { suggested: true })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-ignore' },
    });
  });

  test('When a row is taken back, then it is as wrong as before, and can be corrected', async () => {
    const [ann, ben] = some() as [Person, Person];
    const id = await imported(csv(...cellsOf([ann]), ['Ben', 'Lee', 'nobody', ben.mobile, '', '', 'Mayfair']));
    const before = await rowOf(id, 3);
    expect((await send('POST', `${id}/rows/3/ignore`, { reason: 'Left the bank' })).status).toBe(202);
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', rows: { ignored: 1 } });
    expect((await send('POST', `${id}/rows/3/ignore`)).status).toBe(200);
    expect(await send('PATCH', `${id}/rows/3`, { email: ben.email })).toMatchObject({
      status: 409,
      body: { code: 'row-ignored' },
    });

    expect((await send('DELETE', `${id}/rows/3/ignore`)).status).toBe(202);
    expect(await stack.api.rest(id)).toMatchObject({
      status: 'completed-with-problems',
      rows: { rejected: 1, ignored: 0 },
    });
    expect(await rowOf(id, 3)).toEqual(before);
    expect((await send('DELETE', `${id}/rows/3/ignore`)).status).toBe(200);
    expect((await send('PATCH', `${id}/rows/3`, { email: ben.email })).status).toBe(202);
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', rows: { created: 2 } });
    expect(await audited(id)).toBe(true);
  });

  test('When a row is a person, or there is none, then it is not put aside, and neither are the others', async () => {
    const id = await imported(csv(...cellsOf(some(1)), TOTAL));
    for (const [rows, code] of [
      [[3, 2], 'row-not-ignorable'],
      [[3, 9], 'not-found'],
    ] as const) {
      expect(await send('POST', `${id}/ignored-rows`, { rows })).toMatchObject({ body: { code } });
    }
    expect(await rowOf(id, 3)).toMatchObject({ status: 'rejected', ignored: null });
    expect((await send('POST', `${id}/ignored-rows`, {})).status).toBe(400);
    expect((await send('POST', `${id}/rows/3/ignore`, { reason: 'a\nb' })).status).toBe(400);
    expect((await send('POST', `${id}/rows/3/ignore`, {}, stack.as('support'))).status).toBe(403);
  });

  test('When rows of a preview are put aside and taken back, then its plan follows, and only the plan seen is applied', async () => {
    const rows = some(3);
    const id = await imported(csv(...cellsOf(rows), TOTAL), { mode: 'preview' });
    const first = await stack.api.find(id);
    expect((await send('POST', `${id}/ignored-rows`, { rows: [3, 4, 5], reason: 'test people' })).status).toBe(202);
    const put = await stack.api.find(id);
    expect(put).toMatchObject({
      rows: { pending: 1, ignored: 3 },
      plan: { actions: { create: 1, ignore: 3 }, messages: { email: 1 } },
    });
    expect((await send('DELETE', `${id}/rows/4/ignore`)).status).toBe(202);
    const back = await stack.api.find(id);
    expect(back).toMatchObject({ rows: { pending: 2, ignored: 2 }, plan: { actions: { create: 2, ignore: 2 } } });
    expect(new Set([first, put, back].map(({ plan }) => plan!.hash)).size).toBe(3);
    for (const { plan } of [first, put])
      expect(await stack.api.apply(id, plan!.hash)).toMatchObject({ status: 409, body: { code: 'plan-outdated' } });
    expect((await stack.api.apply(id, back.plan!.hash)).status).toBe(202);
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', rows: { created: 2, ignored: 2 } });
    const sent = (await stack.sandbox.messages()).map(({ to }) => to);
    expect(rows.map(({ email }) => sent.filter((to) => to === email).length)).toEqual([1, 0, 1]);
    expect(await send('DELETE', `${id}/rows/3/ignore`)).toMatchObject({ status: 409, body: { code: 'row-ignored' } });
    expect(await audited(id)).toBe(true);
  });

  test('When rows of a preview are corrected, also at once, then the plan has all corrections, and applies by its new hash', async () => {
    const rows = some(4);
    const flawed = cellsOf(rows).map((cells, i) => (i < 2 ? cells.with(2, 'nobody') : cells));
    const id = await imported(csv(...flawed), { mode: 'preview' });
    const first = await stack.api.find(id);
    expect(first).toMatchObject({ plan: { actions: { create: 2, reject: 2 } } });
    const bad = await send<{ problems: object[] }>('PATCH', `${id}/rows/2`, { email: 'still nobody' });
    expect(bad).toMatchObject({ status: 422, body: { problems: [{ code: 'email.invalid', line: 2 }] } });
    const taken = await send('PATCH', `${id}/rows/2`, { email: rows[3]!.email });
    expect(taken).toMatchObject({ status: 422, body: { problems: [{ code: 'email.duplicate-in-file' }] } });
    expect(await stack.api.find(id)).toEqual(first);

    const answers = await Promise.all(
      [2, 3, 4].map((line) =>
        send('PATCH', `${id}/rows/${line}`, line < 4 ? { email: rows[line - 2]!.email } : { lastName: 'Corrected' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect((await send('PATCH', `${id}/rows/4`, { lastName: 'Corrected' })).status).toBe(200);
    const planned = await stack.api.find(id);
    expect(planned).toMatchObject({ rows: { pending: 4 }, plan: { actions: { create: 4, reject: 0 } } });
    expect(await stack.api.apply(id, first.plan!.hash)).toMatchObject({ status: 409, body: { code: 'plan-outdated' } });
    // The file is read again with what was typed, and so it is when something else is chosen.
    expect((await stack.api.choose(id, { encoding: 'utf-8' })).body.plan).toMatchObject({ actions: { create: 4 } });
    const { hash } = (await stack.api.find(id)).plan!;
    expect((await stack.api.apply(id, hash)).status).toBe(202);
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', rows: { created: 4 } });
    expect((await rowOf(id, 4)).person).toMatchObject({ lastName: 'Corrected' });
    const sent = (await stack.sandbox.messages()).map(({ to }) => to);
    for (const { email, mobile } of rows)
      expect([email, mobile].map((address) => sent.filter((to) => to === address).length)).toEqual([1, 1]);
  });
});
