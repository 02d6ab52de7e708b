import { writeTemporalLines } from '../../worker/runtime';
import { keepLines } from '../support/log-lines';
import { people, toCsv } from '../support/people';
import { startStack, temporalLines } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('The log', () => {
  const api = keepLines();
  const worker = keepLines();
  const take = writeTemporalLines(worker.log);
  let stack: Stack;
  beforeAll(async () => {
    temporalLines.add(take);
    stack = await startStack({}, { log: api.log });
  });
  afterAll(async () => {
    temporalLines.delete(take);
    await stack.stop();
  });

  const linesOf = (importId: string) =>
    worker.lines.filter((line) => line['importId'] === importId).map(({ msg, ...fields }) => ({ msg, ...fields }));
  const closed = (importId: string) =>
    until(
      'the last line',
      async () => linesOf(importId),
      (lines) => lines.some(({ msg }) => msg === 'import closed'),
    );

  test('A clean import leaves one line each for its start, its plan and its end, with counts, seconds and ids', async () => {
    const importId = await stack.api.importId(toCsv(people(3, 'logged')));
    await stack.api.rest(importId);
    const lines = await closed(importId);
    const ids = { importId, workflowId: `client-import:${importId}`, runId: expect.any(String) as string };
    const sent = { emails: { sent: 3 }, sms: { sent: 3 } };
    expect(lines).toEqual([
      expect.objectContaining({ msg: 'import started', organisationId: expect.any(String) as string, ...ids }),
      expect.objectContaining({ msg: 'import planned', lines: 3, ...ids }),
      expect.objectContaining({
        ...{ msg: 'import closed', status: 'completed', lines: 3, rows: { created: 3 }, ...sent },
        ...{ seconds: expect.any(Number) as number, ...ids },
      }),
    ]);
  });

  test('A refused key that pauses an import leaves a line with the provider and the reason', async () => {
    const fault = await stack.sandbox.plan({ provider: 'sendgrid', kind: 'error', status: 401 });
    const importId = await stack.api.importId(toCsv(people(2, 'refused')));
    const paused = await until(
      'the line of the pause',
      async () => linesOf(importId).find(({ msg }) => msg === 'import paused'),
      (line) => line !== undefined,
    );
    expect(paused).toMatchObject({ level: 40, by: 'provider', provider: 'sendgrid', code: 'invitation.key-refused' });

    await stack.sandbox.lift(fault);
    expect((await stack.api.call('POST', `/v1/imports/${importId}/resume`)).status).toBe(200);
    await closed(importId);
    expect(linesOf(importId).filter(({ msg }) => msg === 'import paused')).toHaveLength(1);
  });

  test('A request that changes something is a line with organisation and role, a refused one with its code, a poll none', async () => {
    const from = api.lines.length;
    await stack.as('support').get('/v1/imports');
    await stack.as('support').call('POST', '/v1/imports/0b7e1234-1234-4321-8321-123456789012/cancel');
    const lines = await until(
      'the line of the request',
      async () => api.lines.slice(from),
      (found) => found.length > 0,
    );
    expect(lines).toEqual([
      expect.objectContaining({
        ...{ level: 30, role: 'support', organisationId: expect.any(String) as string, code: 'not-found' },
        req: expect.objectContaining({ id: expect.any(String) as string, method: 'POST' }) as unknown,
        res: { statusCode: 404 },
      }),
    ]);
  });

  test('No line has a name, an address or a number of a person', () => {
    const text = JSON.stringify([...api.lines, ...worker.lines]);
    expect(text).not.toMatch(/@|logged|refused\.|\+\d{7}/);
  });
});

test("Lines of Temporal's own life are for debugging, its warnings are ours, and texts of errors lose their values", () => {
  const { lines, log } = keepLines('debug');
  const write = writeTemporalLines(log);
  const entry = { timestampNanos: 0n, message: 'Worker state changed' };
  write({ ...entry, level: 'INFO', meta: { sdkComponent: 'worker', state: 'RUNNING' } });
  const error = new Error('dup key: { email: "ann@x.example" }');
  write({ ...entry, level: 'WARN', message: 'Activity failed', meta: { sdkComponent: 'worker', error, attempt: 2 } });
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [20, 'Worker state changed'],
    [40, 'Activity failed'],
  ]);
  expect(lines[1]).toMatchObject({ attempt: 2 });
  expect(JSON.stringify(lines)).not.toContain('ann@');
});
