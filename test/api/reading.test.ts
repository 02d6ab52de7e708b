import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import type { ImportAnswer, RowAnswer } from '../support/api-caller';

describe('Reading imports', () => {
  let stack: Stack;
  let importId: string;
  beforeAll(async () => {
    stack = await startStack();
    importId = await stack.api.importId(
      toCsv(
        people(12, 'reading', (_, i) =>
          i % 4 === 1 ? { lastName: '' } : i === 6 ? { email: 'sandbox-rejected.reading@example.com' } : {},
        ),
      ),
      'reading.csv',
    );
    await stack.api.rest(importId);
  });
  afterAll(() => stack.stop());

  const page = async (query: string) =>
    (await stack.api.get<{ data: RowAnswer[]; next: number | null }>(`/v1/imports/${importId}/rows?${query}`)).body;

  test('A page links to the next one with all of its filters, and the last one to none', async () => {
    const path = `/v1/imports/${importId}/rows?status=created&q=given&limit=5`;
    const first = await stack.api.get<{ next: number }>(path);
    expect(first.headers.get('link')).toBe(`<http://api.test${path}&after=${first.body.next}>; rel="next"`);
    const last = await stack.api.get<{ data: unknown[]; next: null }>(`${path}&after=${first.body.next}`);
    // Nine are created: the last page is full but for one.
    expect([last.body.data.length, last.body.next, last.headers.get('link')]).toEqual([4, null, null]);
    const exact = await stack.api.get<{ data: unknown[]; next: null }>(`/v1/imports/${importId}/rows?limit=12`);
    expect([exact.body.data.length, exact.body.next, exact.headers.get('link')]).toEqual([12, null, null]);
  });

  test('When rows are read page by page, then each comes once and the last page says so', async () => {
    const seen: number[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const { data, next }: { data: RowAnswer[]; next: number | null } = await page(`limit=5&after=${after}`);
      seen.push(...data.map(({ row }) => row));
      after = next;
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => i + 2));
  });

  test.each([
    ['rejected', [3, 7, 11]],
    ['failed', [8]],
    ['sent', [2, 4, 5, 6, 8, 9, 10, 12, 13]],
    ['unconfirmed', []],
  ])('When rows are filtered by %s, then only those come', async (status, expected) => {
    expect((await page(`status=${status}`)).data.map(({ row }) => row)).toEqual(expected);
    const { data, next } = await page(`status=${status}&limit=1`);
    expect(data.map(({ row }) => row)).toEqual(expected.slice(0, 1));
    if (next !== null)
      expect((await page(`status=${status}&after=${next}`)).data.map(({ row }) => row)).toEqual(expected.slice(1));
  });

  test.each([
    ['channel=email', [2, 4, 5, 6, 8, 9, 10, 12, 13]],
    ['channel=email&status=failed', [8]],
    ['channel=sms&status=failed', []],
    ['channel=sms&status=created&code=invitation.address-refused', []],
    ['code=last-name.missing', [3, 7, 11]],
    ['code=last-name.missing&channel=email', []],
    ['code=last-name.missing&status=created', []],
    ['q=GIVEN1', [3, 12, 13]],
    ['q=person4.reading@example.com', [6]],
    ['q=Family1&status=created', [12, 13]],
    ['q=.', 'all with a dot'],
    ['q=Given(1', []],
    ['q=%5E.*', []],
  ])('The rows of %s are %p', async (query, expected) => {
    const lines = (await page(query)).data.map(({ row }) => row);
    expect(lines).toEqual(expected === 'all with a dot' ? Array.from({ length: 12 }, (_, i) => i + 2) : expected);
  });

  test('Support finds a row by a whole value only, so that no address is found out letter by letter', async () => {
    const find = async (q: string) =>
      (await stack.as('support').rows(importId, `&q=${encodeURIComponent(q)}`)).map(({ row }) => row);
    expect(await find('PERSON4.reading@example.com')).toEqual([6]);
    expect(await find('person4')).toEqual([]);
    expect(await find('family')).toEqual([]);
    expect(await find('family4')).toEqual([6]);
  });

  test('When imports are listed, then the newest come first, page by page, with their counts', async () => {
    for (const name of ['second.csv', 'third.csv'])
      await stack.api.rest(await stack.api.importId(toCsv(people(1, name.slice(0, 5))), name));
    const first = await stack.api.get<{ data: ImportAnswer[]; next: string }>('/v1/imports?limit=2');
    // What takes more than one look-up is told of one import at a time.
    for (const one of first.body.data) expect(one).not.toHaveProperty('plan');
    for (const one of first.body.data) expect(one).not.toHaveProperty('union');
    expect(first.body.data.map(({ fileName }) => fileName)).toEqual(['third.csv', 'second.csv']);
    const second = await stack.api.get<{ data: ImportAnswer[]; next: string | null }>(
      `/v1/imports?limit=2&after=${first.body.next}`,
    );
    expect(second.body).toMatchObject({
      data: [{ fileName: 'reading.csv', lines: 12, rows: { created: 9, rejected: 3 } }],
      next: null,
    });
    const attention = await stack.api.get<{ data: ImportAnswer[] }>('/v1/imports?status=needs-attention');
    expect(attention.body.data.map(({ id }) => id)).toEqual([importId]);
  });

  test.each([
    ['kind=clients', ['third.csv', 'second.csv', 'reading.csv']],
    ['kind=staff', []],
    ['q=READ', ['reading.csv']],
    ['q=.*', []],
    ['code=file.empty', []],
    ['code=last-name.missing', ['reading.csv']],
    ['code=last-name.missing&kind=staff', []],
    ['code=invitation.address-refused', ['reading.csv']],
    ['since=2020-01-01', ['third.csv', 'second.csv', 'reading.csv']],
    ['until=2020-01-01T00:00:00%2B01:00', []],
    ['since=2099-01-01T00:00:00Z', []],
  ])('The imports of %s are %p', async (query, expected) => {
    const { body } = await stack.api.get<{ data: ImportAnswer[] }>(`/v1/imports?${query}`);
    expect(body.data.map(({ fileName }) => fileName)).toEqual(expected);
  });

  test.each([
    ['rows?limit=0', 'limit'],
    ['rows?limit=501', 'limit'],
    ['rows?status=sleeping', 'status'],
    ['rows?after[$gt]=1', 'after[$gt]'],
    ['rows?colour=blue', 'colour'],
  ])('When %s is asked for, then it is refused and the field is named', async (path, field) => {
    const answer = await stack.api.get<{ code: string; detail: string }>(`/v1/imports/${importId}/${path}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(answer.body.detail).toContain(field);
  });

  test('When an import is watched, then its progress comes as events and the stream ends with it', async () => {
    const id = await stack.api.importId(toCsv(people(50, 'watched', () => ({}), 100)));
    const response = await fetch(`${stack.url}/v1/imports/${id}/events`, {
      headers: { Authorization: `Bearer ${stack.api.key}` },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = (await response.text()).split('\n\n').filter((event) => event.includes('data: '));
    const last = events.filter((event) => event.includes('event: progress')).at(-1)!;
    expect(JSON.parse(/data: (.*)/.exec(last)![1]!)).toMatchObject({
      status: 'completed',
      invitations: { sms: { sent: 50 } },
    });
    expect(events.at(-1)).toContain('event: end\ndata: {"status":"completed"}');
    // Polling gives the same.
    const { importId: of, ...counts } = JSON.parse(/data: (.*)/.exec(last)![1]!) as Record<string, unknown>;
    expect(await stack.api.find(id)).toMatchObject({ id: of, ...counts });
    const [, end] = /id: (.*)/.exec(events.at(-1)!)!;
    const again = await fetch(`${stack.url}/v1/imports/${id}/events`, {
      headers: { Authorization: `Bearer ${stack.api.key}`, 'Last-Event-ID': end! },
    });
    expect(again.status).toBe(204);
  });

  describe('A ticket', () => {
    const ask = async (role: 'systemAdministrator' | 'support' = 'systemAdministrator') => {
      const init = { body: JSON.stringify({ import: importId }) };
      const { status, body } = await stack.as(role).call<{ url: string }>('POST', '/v1/event-tickets', init);
      expect(status).toBe(201);
      return body.url.replace('http://api.test', stack.url);
    };

    test('opens the stream once, without a key, and is not stored as it is', async () => {
      const url = await ask();
      const stored = JSON.stringify(await stack.db.collection('event_tickets').find().toArray());
      expect(stored).not.toContain(new URL(url).searchParams.get('ticket'));
      const both = await Promise.all([fetch(url), fetch(url)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
      const opened = both.find(({ status }) => status === 200)!;
      expect(await opened.text()).toContain('event: end\ndata: {"status":"needs-attention"}');
      expect((await fetch(url)).status).toBe(401);
    });

    test('opens nothing else', async () => {
      const url = await ask('support');
      const { search } = new URL(url);
      const others = [
        `/v1/imports/${importId}/rows${search}`,
        `/v1/imports/${importId}${search}`,
        `/v1/imports${search}`,
      ];
      for (const path of others) expect((await fetch(stack.url + path)).status).toBe(401);
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(401);
      expect((await fetch(url)).status).toBe(200);
    });

    test('that is a minute old opens nothing', async () => {
      const url = await ask();
      await stack.db.collection('event_tickets').updateMany({}, { $set: { expiresAt: new Date(Date.now() - 1) } });
      expect((await fetch(url)).status).toBe(401);
    });

    test('is for an import of the caller', async () => {
      const init = { body: JSON.stringify({ import: '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11' }) };
      expect((await stack.api.call('POST', '/v1/event-tickets', init)).status).toBe(404);
    });
  });

  test('When the server is asked how it is, then liveness looks at nothing and readiness at what it needs', async () => {
    expect(await (await fetch(`${stack.url}/livez`)).json()).toEqual({ status: 'up' });
    expect(await (await fetch(`${stack.url}/readyz`)).json()).toEqual({ status: 'up', mongodb: 'up', temporal: 'up' });
  });

  test('When the metrics are asked for where anybody may ask, then the answer says where they are, and nothing of them', async () => {
    const answer = await fetch(`${stack.url}/metrics`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      code: 'metrics-elsewhere',
      detail: expect.stringContaining('METRICS_PORT is not set') as string,
    });
  });

  test.each(['/v1/imports/%E0%A4%A', '/v1/imports/%/rows'])(
    'When the address %s is malformed, then the request is refused as bad',
    async (path) => {
      expect(await stack.api.get(path)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    },
  );

  test('All files of an upload are followed as one, by a key or a ticket, until the last one rests', async () => {
    const { body } = await stack.api.upload(
      ...['one', 'two'].map((tag, i) => ({
        name: `${tag}.csv`,
        content: toCsv(people(3, tag, () => ({}), 200 + 10 * i)),
      })),
    );
    const path = `/v1/batches/${body.batch}/events`;
    const response = await fetch(stack.url + path, { headers: { Authorization: `Bearer ${stack.api.key}` } });
    const blocks = (await response.text()).split('\n\n').filter((block) => block.includes('data: '));
    const states = blocks.map((block) => JSON.parse(/data: (.*)/.exec(block)![1]!) as Record<string, unknown>);
    expect(states.at(-2)).toMatchObject({
      ...{ batch: body.batch, status: 'completed', lines: 6, rows: { created: 6 } },
      invitations: { sms: { sent: 6 } },
    });
    const files = (states.at(-2)!.imports as { id: string; status: string }[]).map(({ id, status }) => [id, status]);
    expect(files.sort()).toEqual(body.imports.map(({ id }) => [id, 'completed']).sort());
    expect(states.at(-1)).toEqual({ status: 'completed' });

    const init = { body: JSON.stringify({ batch: body.batch }) };
    const ticket = await stack.api.call<{ url: string }>('POST', '/v1/event-tickets', init);
    const end = /id: (.*)/.exec(blocks.at(-1)!)![1]!;
    const again = await fetch(`${ticket.body.url.replace('http://api.test', stack.url)}&lastEventId=${end}`);
    expect(again.status).toBe(204);
    const unknown = '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11';
    expect((await stack.api.get(`/v1/batches/${unknown}/events`)).status).toBe(404);
    for (const subject of [{ batch: unknown }, { import: unknown }])
      expect((await stack.api.call('POST', '/v1/event-tickets', { body: JSON.stringify(subject) })).status).toBe(404);
    for (const subject of [{}, { batch: unknown, import: unknown }])
      expect((await stack.api.call('POST', '/v1/event-tickets', { body: JSON.stringify(subject) })).status).toBe(400);
  });

  test('When only the head of the events is asked for, then it comes at once', async () => {
    const response = await fetch(`${stack.url}/v1/imports/${importId}/events`, {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${stack.api.key}` },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  test('When a route does not exist, then the answer is a problem, without a stack or a path of the machine', async () => {
    const answer = await stack.api.get<{ code: string; detail: string }>('/v1/nowhere');
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown-route' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|at .*\.ts/);
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
