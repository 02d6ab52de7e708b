import { createApiMetrics } from '../../api/metrics/api-metrics';
import { createRegistry } from '../../platform/metrics/registry';
import { serveMetrics } from '../../platform/metrics/serve';
import type { MetricsServer } from '../../platform/metrics/serve';
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
    const { text, type } = await until(
      'the closed import to be counted',
      scrape,
      (page) => valueOf(page.text, 'client_import_imports_total{status="needs-attention"}') === 1,
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

  test('say that the backlog is not known while the database is away', async () => {
    const away = createRegistry();
    createApiMetrics(away, { backlog: { count: () => Promise.reject(new Error('away')) } });
    const text = await away.metrics();
    expect(valueOf(text, 'client_import_backlog_known')).toBe(0);
    expect(text).not.toMatch(/^client_import_waiting_rows \d/m);
  });
});
