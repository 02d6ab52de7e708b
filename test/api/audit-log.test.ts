import { parse } from 'csv-parse/sync';
import { checkChain } from '../../domain/audit-log/chain';
import type { ExportedEntry } from '../../domain/audit-log/chain';
import { createKeySecret } from '../../store/access/api-keys';
import type { NewKey } from '../../store/access/api-keys';
import { DEMO_ORGANISATION_ID } from '../../store/people/seed-demo';
import { createApiCaller } from '../support/api-caller';
import type { Answer, ApiCaller } from '../support/api-caller';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const PERSON = { email: 'hester.prynne@person.example', mobile: '+12035550142' };
const UNKNOWN = '7e68d2a3-6a37-4c2a-9a4d-0b6a4f5a2c11';

describe('The audit log of the API', () => {
  let stack: Stack;
  let id: string;
  beforeAll(async () => {
    stack = await startStack();
    id = await stack.api.importIdWith(
      { mode: 'preview' },
      toCsv(people(2, 'audit', (_, i) => (i === 0 ? PERSON : {}))),
    );
    const { plan } = await stack.api.rest(id);
    await stack.api.apply(id, plan!.hash);
    await stack.api.rest(id);
  });
  afterAll(() => stack.stop());

  async function keyOf(key: Partial<NewKey>): Promise<ApiCaller> {
    const secret = createKeySecret();
    const name = `Key ${secret.slice(-6)}`;
    await stack.store.apiKeys.create({ organisationId: DEMO_ORGANISATION_ID, role: 'support', name, ...key }, secret);
    return createApiCaller(stack.url, secret);
  }
  const events = async (query = ''): Promise<ExportedEntry[]> =>
    (await stack.api.get<{ data: ExportedEntry[] }>(`/v1/events?limit=500${query}`)).body.data;
  const newest = async (): Promise<ExportedEntry> => (await events())[0]!;
  const actions = async (query: string) => (await events(query)).map(({ action, status }) => `${action} ${status}`);
  async function download(path: string): Promise<string> {
    const response = await fetch(stack.url + path, { headers: { Authorization: `Bearer ${stack.api.key}` } });
    return response.text();
  }

  test('A command leaves one entry: who, what, with what, where from and how it ended', async () => {
    const desk = await keyOf({ name: 'Front desk', role: 'userAdministrator' });
    const { status } = await desk.call('POST', '/v1/client-teams', {
      body: JSON.stringify({ name: 'Audited', staff: ['ines.almeida@staff.example.com'] }),
    });
    expect(status).toBe(201);
    const entry = await newest();
    expect(entry).toMatchObject({
      organisation: DEMO_ORGANISATION_ID,
      actor: { kind: 'key', name: 'Front desk', role: 'userAdministrator' },
      network: '127.0.0.0/24',
      targets: [{ kind: 'client-team', id: expect.any(String) as string }],
      status: 201,
      code: null,
    });
    expect(JSON.stringify(entry)).not.toContain('ines');
  });

  test('An import shows who uploaded it and who did what since, support too', async () => {
    const second = await stack.as('support').call('POST', `/v1/imports/${id}/pause`);
    const { body } = await stack.as('support').get<{ history: object[] }>(`/v1/imports/${id}`);
    expect(body.history).toMatchObject([
      { action: 'uploadFiles', by: { role: 'systemAdministrator' }, status: 202 },
      { action: 'applyPlan', by: { role: 'systemAdministrator' }, status: 202 },
    ]);
    // A command that was rejected has changed nothing, and is in the log.
    expect(second.status).toBe(409);
    expect(await actions(`&import=${id}`)).toEqual(['pauseImport 409', 'applyPlan 202', 'uploadFiles 202']);
  });

  test('It shows who mapped its columns and who put rows aside', async () => {
    const desk = await keyOf({ name: 'Mapping desk', role: 'userAdministrator' });
    const rows = people(3, 'mapped', (_, i) => (i === 2 ? { lastName: '' } : {}), 10);
    const mapped = await stack.api.importId(toCsv(rows).replace('Email', PERSON.email), 'mapped.csv');
    expect((await stack.api.rest(mapped)).questions.map(({ kind }) => kind)).toEqual(['columns']);
    expect((await desk.choose(mapped, { mapping: { email: 'C' } })).status).toBe(200);
    const ignored = await desk.call('POST', `/v1/imports/${mapped}/ignored-rows`, {
      body: JSON.stringify({ rows: [4], reason: PERSON.email }),
    });
    expect(ignored.status).toBe(202);
    const { body } = await stack.as('support').get<{ history: object[] }>(`/v1/imports/${mapped}`);
    expect(body.history.slice(1)).toMatchObject([
      { action: 'chooseForImport', by: { name: 'Mapping desk' }, facts: { chosen: 'mapping', columns: 'email' } },
      { action: 'ignoreRows', by: { name: 'Mapping desk' }, facts: { rows: '4' } },
    ]);
    expect(await download('/v1/events.ndjson')).not.toContain('hester');
  });

  test('Refused commands are on record, without what their path or body holds', async () => {
    const support = stack.as('support');
    expect((await support.call('PATCH', '/v1/organisation', { body: '{"strict":true}' })).status).toBe(403);
    expect(await newest()).toMatchObject({ actor: { role: 'support' }, status: 403, code: 'forbidden', targets: [] });
    await stack.api.call('POST', `/v1/staff/${encodeURIComponent(PERSON.email)}/activation`);
    expect(await newest()).toMatchObject({ status: 404, code: 'not-found', targets: [] });
    await stack.api.call('POST', `/v1/imports/${UNKNOWN}/cancel`);
    expect(await newest()).toMatchObject({ status: 404, targets: [{ kind: 'import', id: UNKNOWN }] });
    expect(await download('/v1/events.ndjson')).not.toContain('hester');
  });

  test('Reads leave no entry', async () => {
    const before = await newest();
    await stack.as('support').get(`/v1/imports/${id}/rows`);
    await stack.api.get('/v1/clients');
    expect(await newest()).toEqual(before);
  });

  test('A name with line breaks makes no line of its own, and the exports hold the whole chain', async () => {
    const forged = '\r\n{"sequence":1,"action":"forged"}\r\n1,2026-11-28,forged';
    const forger = await keyOf({ name: `Desk${forged}` });
    await forger.call('POST', `/v1/imports/${id}/pause`);
    const all = (await events()).reverse();
    const lines = (await download('/v1/events.ndjson')).trim().split(/[\r\n]+/);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(all);
    const csv = await download('/v1/events.csv');
    expect(csv.trim().split(/[\r\n]+/)).toHaveLength(all.length + 1);
    const records = parse<Record<string, string>>(csv, { bom: true, columns: true });
    expect(records.map(({ sequence, hash }) => [Number(sequence), hash])).toEqual(
      all.map(({ sequence, hash }) => [sequence, hash]),
    );
    const check = checkChain();
    all.forEach((entry) => check.take(entry));
    expect(check.end().findings).toEqual([]);
    expect(await stack.store.auditLog.verify(DEMO_ORGANISATION_ID)).toMatchObject({ findings: [] });
  });

  test('The log comes page by page, and each page links to the next', async () => {
    const all = (await events()).map(({ sequence }) => sequence);
    const seen: number[] = [];
    let path: string | null = '/v1/events?limit=2';
    while (path !== null) {
      const page: Answer<{ data: ExportedEntry[]; next: number | null }> = await stack.api.get(path);
      const { body, headers } = page;
      seen.push(...body.data.map(({ sequence }) => sequence));
      const link = /^<http:\/\/api\.test(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? null;
      expect(link === null).toBe(body.next === null);
      path = link;
    }
    expect(seen).toEqual(all);
    expect(await actions('&action=applyPlan')).toEqual(['applyPlan 202']);
  });

  test('Only system administrators see it, and only that of their organisation', async () => {
    for (const path of ['/v1/events', '/v1/events.csv', '/v1/events.ndjson'])
      for (const role of ['userAdministrator', 'support'] as const)
        expect((await stack.as(role).get(path)).status).toBe(403);
    const stranger = await keyOf({ organisationId: 'another', role: 'systemAdministrator' });
    expect((await stranger.get(`/v1/events?import=${id}`)).body).toEqual({ data: [], next: null });
  });

  describe('Unmasking', () => {
    const unmask = { headers: { Unmask: 'true' } };
    const READS = (): string[] => [`/v1/imports/${id}/rows`, '/v1/clients', `/v1/imports/${id}/report.csv`];
    const read = async (caller: ApiCaller, path: string, headers: Record<string, string>) => {
      const response = await fetch(stack.url + path, {
        headers: { Authorization: `Bearer ${caller.key}`, ...headers },
      });
      return { status: response.status, text: await response.text() };
    };

    test('is a right of its own, asked for each time, and leaves an entry', async () => {
      const trusted = await keyOf({ name: 'Second line', rights: ['unmask'] });
      for (const path of READS()) {
        expect((await read(trusted, path, {})).text).not.toContain('hester');
        const { status, text } = await read(trusted, path, unmask.headers);
        expect({ path, status, whole: text.includes(PERSON.email) && text.includes('2035550142') }).toEqual({
          path,
          status: 200,
          whole: true,
        });
      }
      // A download has its entry once it has ended, which its reader may see first.
      const looks = await until(
        'an entry for each',
        async () => (await events()).filter(({ actor }) => actor.name === 'Second line'),
        ({ length }) => length === READS().length,
      );
      expect(looks.map(({ action, status, facts }) => ({ action, status, facts })).reverse()).toEqual(
        ['listImportRows', 'listClients', 'downloadReport'].map((action) => ({
          action,
          status: 200,
          facts: { unmasked: true },
        })),
      );
    });

    test('leaves an entry also where the caller leaves before the end', async () => {
      const imports = stack.db.collection<{ _id: string }>('imports');
      const open = {
        ...(await imports.findOne({ _id: id }))!,
        _id: UNKNOWN,
        status: 'creating',
        checkAt: new Date(8e14),
      };
      await imports.insertOne(open);
      const trusted = await keyOf({ name: 'Follower', rights: ['unmask'] });
      const leave = new AbortController();
      const headers = { Authorization: `Bearer ${trusted.key}`, Unmask: 'true' };
      const { status } = await fetch(`${stack.url}/v1/imports/${UNKNOWN}/events`, { headers, signal: leave.signal });
      expect(status).toBe(200);
      leave.abort();
      const entry = await until('the entry', newest, ({ actor }) => actor.name === 'Follower');
      expect(entry).toMatchObject({ action: 'streamImportEvents', facts: { unmasked: true }, status: 200 });
      await imports.deleteOne({ _id: UNKNOWN });
    });

    test('is refused to a key without the right, which leaves an entry as well', async () => {
      for (const path of READS()) {
        const { status, text } = await read(stack.as('support'), path, unmask.headers);
        expect({ status, code: (JSON.parse(text) as { code: string }).code }).toEqual({
          status: 403,
          code: 'unmasking-forbidden',
        });
      }
      expect(await newest()).toMatchObject({ action: 'downloadReport', code: 'unmasking-forbidden' });
    });

    test('means nothing for administrators, who see all anyway', async () => {
      const before = await newest();
      expect((await read(stack.api, '/v1/clients', unmask.headers)).text).toContain(PERSON.email);
      expect(await newest()).toEqual(before);
    });
  });
});
