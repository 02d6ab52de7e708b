import { createApiMetrics } from '../../api/metrics/api-metrics';
import { createRegistry } from '../../platform/metrics/registry';
import { serveMetrics } from '../../platform/metrics/serve';
import type { MetricsServer } from '../../platform/metrics/serve';
import { measureImports, measureSenders } from '../../worker/measure';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('The metrics', () => {
  const registry = createRegistry();
  let stack: Stack;
  let server: MetricsServer;
  beforeAll(async () => {
    stack = await startStack({}, { measureBy: registry });
    server = await serveMetrics(registry, { host: '127.0.0.1', port: 0 }, stack.log, async () => 'of_temporal 1\n');
  });
  afterAll(async () => {
    await server.close();
    await stack.stop();
  });

  const scrape = async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    return { type: response.headers.get('content-type'), text: await response.text() };
  };
  /** The values of a metric whose labels contain these. */
  const valueOf = (text: string, start: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(start))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

  test('count rows, imports and messages by their outcomes, sizes of uploads, and times of providers and requests', async () => {
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 400, code: 21211, times: 1 });
    const importId = await stack.api.importId(toCsv(people(3, 'measured')));
    expect((await stack.api.rest(importId)).status).toBe('needs-attention');
    await stack.sandbox.lift(fault);
    const backlog = `client_import_task_backlog_seconds{task_queue="${stack.name}-invitations"} `;
    const { text, type } = await until(
      'the closed import to be counted, and Temporal to have told its backlog in time',
      scrape,
      (page) =>
        valueOf(page.text, 'client_import_imports_total{status="needs-attention"}') === 1 &&
        page.text.includes(backlog),
    );
    expect(type).toContain('text/plain');
    expect(valueOf(text, 'client_import_rows_total{status="created"}')).toBe(3);
    expect(valueOf(text, 'client_import_invitations_total{channel="email",outcome="accepted",class="none"}')).toBe(3);
    expect(valueOf(text, 'client_import_invitations_total{channel="sms",outcome="rejected",class="invitation.')).toBe(
      1,
    );
    expect(valueOf(text, 'client_import_provider_seconds_count{channel="sms"}')).toBe(3);
    expect(valueOf(text, 'client_import_upload_bytes_count')).toBe(1);
    expect(valueOf(text, 'client_import_open_imports{status="needs-attention"}')).toBe(1);
    expect(valueOf(text, 'client_import_backlog_known')).toBe(1);
    expect(valueOf(text, 'client_import_http_request_seconds_count{method="POST",status="202"}')).toBe(1);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('of_temporal 1');
  });

  test('hold nothing of people, organisations or imports, and no other page is there', async () => {
    const { text } = await scrape();
    expect(text).not.toMatch(/@|measured|[0-9a-f]{8}-[0-9a-f]{4}/);
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(404);
  });

  test('say that the backlog is not known while the database is away, and nothing of task queues while Temporal is', async () => {
    const away = createRegistry();
    const silent = (): Promise<never> => Promise.reject(new Error('away'));
    createApiMetrics(away, { backlog: { count: silent }, taskBacklog: silent });
    const text = await away.metrics();
    expect(text).not.toMatch(/^client_import_task_backlog_seconds/m);
    expect(valueOf(text, 'client_import_backlog_known')).toBe(0);
    expect(text).not.toMatch(/^client_import_waiting_rows \d/m);
  });

  // Prometheus sees no increase where a series begins with its first event.
  test('are all there before anything has happened', async () => {
    const fresh = createRegistry();
    const silent = (): Promise<never> => Promise.reject(new Error('not asked'));
    createApiMetrics(fresh, { backlog: { count: silent }, taskBacklog: silent });
    measureImports(fresh);
    measureSenders({ email: {} as never, sms: {} as never }, fresh);
    const text = await fresh.metrics();
    const counted = (await fresh.getMetricsAsJSON()).filter(
      ({ name, type }) => name.startsWith('client_import_') && ['counter', 'histogram'].includes(String(type)),
    );
    expect(counted.map(({ name }) => name).sort()).toEqual([
      'client_import_http_problems_total',
      'client_import_http_request_seconds',
      'client_import_imports_total',
      'client_import_invitations_total',
      'client_import_provider_seconds',
      'client_import_rows_total',
      'client_import_upload_bytes',
    ]);
    for (const { name } of counted) {
      const lines = text.split('\n').filter((line) => line.startsWith(name));
      expect({ name, lines: lines.length }).not.toEqual({ name, lines: 0 });
      expect(lines.filter((line) => !line.endsWith(' 0'))).toEqual([]);
    }
    for (const line of [
      'client_import_http_request_seconds_count{method="GET",status="503"} 0',
      'client_import_http_request_seconds_count{method="POST",status="507"} 0',
      'client_import_invitations_total{channel="email",outcome="stopped",class="invitation.key-refused"} 0',
      'client_import_provider_seconds_count{channel="sms"} 0',
      'client_import_http_problems_total{code="metrics-elsewhere"} 0',
    ])
      expect(text).toContain(line);
  });
});
