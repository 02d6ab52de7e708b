import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProduct } from '../chaos/product';
import type { Product } from '../chaos/product';
import { importCanaries, leaksIn } from '../local/canaries';
import { startOtlpCollector } from '../support/otlp-collector';
import type { CollectedSpan, OtlpCollector } from '../support/otlp-collector';
import { people, toCsv } from '../support/people';
import { until } from '../support/until';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const JSON_BODY = { 'Content-Type': 'application/json' };

/** The product's own programs, each in its process, and a collector beside them. */
describe('A trace', () => {
  let collector: OtlpCollector;
  let product: Product;
  beforeAll(async () => {
    collector = await startOtlpCollector();
    // Exported soon, so that the tests need not wait for it.
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '200' };
    product = await startProduct(settings, { ownWorkers: true });
  }, 120_000);
  afterAll(async () => {
    await product.stop();
    await collector.close();
  }, 60_000);

  const collected = (traceId: string, names: string[]): Promise<CollectedSpan[]> =>
    until(
      `the spans ${names.join(', ')}`,
      async () => collector.spans().filter((span) => span.traceId === traceId),
      (spans) => names.every((name) => spans.some((span) => span.name === name)),
    );

  test('One leads from the upload through the workflow and its step to the request at each provider', async () => {
    const headers = { traceparent: `00-${TRACE}-b7ad6b7169203331-01`, tracestate: 'canary=state' };
    const file = { name: 'traced.csv', content: toCsv(people(2, 'traced')) };
    const { body } = await product.api.uploadAs(headers, {}, file);
    const { id } = body.imports[0]!;
    await product.api.rest(id);

    const path = ['POST /v1/imports', 'start importFile', 'importFile', 'importRows'];
    const spans = await collected(TRACE, [...path, 'twilio send', 'sendgrid send']);
    const named = (name: string): CollectedSpan => spans.find((span) => span.name === name)!;
    const [request, start, run, step] = path.map(named) as [CollectedSpan, CollectedSpan, CollectedSpan, CollectedSpan];
    expect(request).toMatchObject({
      ...{ service: 'client-import-api', parentSpanId: 'b7ad6b7169203331', failed: false },
      attributes: { 'http.request.method': 'POST', 'http.route': '/v1/imports', 'http.response.status_code': 202 },
    });
    expect(start).toMatchObject({ service: 'client-import-api', parentSpanId: request.spanId });
    expect(run).toMatchObject({
      ...{ service: 'client-import-worker', parentSpanId: start.spanId, failed: false },
      attributes: { 'temporal.workflow.id': `client-import:${id}` },
    });
    expect(step).toMatchObject({ service: 'client-import-worker', parentSpanId: run.spanId, failed: false });
    for (const name of ['twilio send', 'sendgrid send']) {
      expect(named(name)).toMatchObject({
        parentSpanId: step.spanId,
        attributes: { 'client_import.outcomes': 'accepted' },
      });
    }
    expect(BigInt(run.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(run.startTimeUnixNano));
    expect(collector.bodies.join()).not.toMatch(/canary/);
  });

  test('One leads from a command of staff through the outbox to the steps and requests that carry it out', async () => {
    const faults = `${product.sandboxUrl}/__faults`;
    const refusal = { provider: 'twilio', kind: 'error', status: 400, code: 21408 };
    await fetch(faults, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(refusal) });
    const { id } = await product.upload('retraced', 2);
    expect((await product.api.rest(id)).status).toBe('needs-attention');
    await fetch(faults, { method: 'DELETE' });
    const trace = TRACE.replace('0af7', '2cf9');
    const headers = { traceparent: `00-${trace}-b7ad6b7169203331-01`, ...JSON_BODY };
    await product.api.call('POST', `/v1/imports/${id}/retries`, { headers, body: JSON.stringify({ all: true }) });
    const path = ['POST /v1/imports/:id/retries', 'outbox', 'start importFile'];
    const spans = await collected(trace, [...path, 'sendInvitations', 'twilio send']);
    const named = (name: string): CollectedSpan => spans.find((span) => span.name === name)!;
    const [request, outbox, start] = path.map(named) as [CollectedSpan, CollectedSpan, CollectedSpan];
    expect(outbox.parentSpanId).toBe(request.spanId);
    expect(start.parentSpanId).toBe(outbox.spanId);
    expect(named('twilio send').parentSpanId).toBe(named('sendInvitations').spanId);
  });

  test('One begins with the outbox where Temporal was away when a file was uploaded', async () => {
    const comeBack = product.keepAway('temporal');
    const { id } = await product.upload('laterthen', 2);
    await until(
      'the upload to give up its own start',
      async () => collector.spans(),
      (spans) => spans.some(({ name, failed }) => name === 'start importFile' && failed),
    );
    await comeBack();
    await product.api.rest(id, 60_000);
    const starts = await until(
      'the trace of its start',
      async () => collector.spans(),
      (spans) => spans.some(({ name, attributes }) => name === 'outbox' && attributes['client_import.import'] === id),
    );
    const { traceId } = starts.find(({ attributes }) => attributes['client_import.import'] === id)!;
    await collected(traceId, ['outbox', 'start importFile', 'importFile', 'importRows', 'twilio send']);
  }, 180_000);

  test('A refused request and a refused key are failures in it, by their codes', async () => {
    const trace = TRACE.replace('0af7', '1bf8');
    const answer = await product.api.call('POST', '/v1/imports', {
      headers: { traceparent: `00-${trace}-b7ad6b7169203331-01`, 'Content-Type': 'multipart/mixed; boundary=x' },
      body: '--x--',
    });
    expect(answer.status).toBe(415);
    const [span] = await collected(trace, ['POST /v1/imports']);
    expect(span).toMatchObject({ attributes: { 'http.response.status_code': 415, 'error.type': 'unsupported-form' } });
  });

  test('No trace has a name, an address, a number, or a token of a link', async () => {
    const { apiUrl, dataFolder } = product.settings;
    const links = await importCanaries(apiUrl, product.sandboxUrl, product.api.key);
    const leading = ['POST /v1/invitations/accept', 'GET /join/:token', 'GET'];
    await until(
      'the spans of requests with tokens and addresses',
      async () => collector.spans().map(({ name }) => name),
      (names) => leading.every((name) => names.includes(name)),
    );
    writeFileSync(join(dataFolder, 'traces.json'), collector.bodies.join('\n'));
    expect(links.length).toBeGreaterThan(0);
    expect(leaksIn(dataFolder, links)).toEqual([]);
  });
});
