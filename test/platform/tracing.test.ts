import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { traceParentOfRun, traceParts } from '../../contract/tracing/trace';
import { nodeArguments } from '../../local/processes/node-program';
import { PROJECT } from '../../local/processes/project';
import { loadConfig } from '../../platform/config';
import { startTracing } from '../../platform/tracing/start-tracing';
import type { Tracing } from '../../platform/tracing/tracing';
import { startOtlpCollector } from '../support/otlp-collector';
import type { OtlpCollector } from '../support/otlp-collector';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;

describe('Traces', () => {
  let collector: OtlpCollector;
  beforeEach(async () => {
    collector = await startOtlpCollector();
  });
  afterEach(() => collector.close());

  const start = (settings: NodeJS.ProcessEnv = {}): Tracing =>
    startTracing(loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, ...settings }), 'test')!;

  test('Spans that begin within a span are its children, also after waiting, and those beside it are not', async () => {
    const tracing = start();
    const gate = new Promise((resolve) => setImmediate(resolve));
    await Promise.all([
      tracing.span({ name: 'outer', parent: PARENT }, async () => {
        await gate;
        await tracing.span({ name: 'inner', kind: 'client', attributes: { count: 3 } }, async () => undefined);
      }),
      tracing.span({ name: 'beside' }, async () => gate),
    ]);
    expect(tracing.current()).toBeUndefined();
    await tracing.stop();
    const spans = Object.fromEntries(collector.spans().map((span) => [span.name, span]));
    expect(spans['outer']).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331', failed: false });
    const { spanId } = spans['outer']!;
    expect(spans['inner']).toMatchObject({ traceId: TRACE, parentSpanId: spanId, attributes: { count: 3 } });
    expect(spans['beside']!.traceId).not.toBe(TRACE);
    expect(spans['beside']!.service).toBe('client-import-test');
  });

  test('An error fails its span by its name alone, and is thrown on', async () => {
    const tracing = start();
    const error = new RangeError('canary@birds.example is refused');
    await expect(tracing.span({ name: 'fails' }, () => Promise.reject(error))).rejects.toBe(error);
    await tracing.stop();
    expect(collector.spans()).toMatchObject([{ failed: true, attributes: { 'error.type': 'RangeError' } }]);
    expect(collector.bodies.join()).not.toMatch(/canary/);
  });

  test('The span of a run has the id that its steps took from its run id', async () => {
    const tracing = start();
    const runId = '019a1b2c-3d4e-7f00-8123-456789abcdef';
    const own = traceParentOfRun(PARENT, runId)!;
    const run = { workflowType: 'importFile', workflowId: 'client-import:1', runId, parent: PARENT, own };
    tracing.runEnded({ ...run, startedAt: 1_000, endedAt: 61_000, failed: false });
    await tracing.span({ name: 'step', parent: own }, async () => undefined);
    await tracing.stop();
    expect(collector.spans()).toMatchObject([
      { name: 'importFile', traceId: TRACE, spanId: '8123456789abcdef', parentSpanId: 'b7ad6b7169203331' },
      { name: 'step', traceId: TRACE, parentSpanId: '8123456789abcdef' },
    ]);
  });

  test('The headers of the settings go to the collector', async () => {
    const tracing = start({ OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a=b, x-team = ours' });
    await tracing.span({ name: 'one' }, async () => undefined);
    await tracing.stop();
    expect(collector.headers).toMatchObject([{ 'x-key': 'a=b', 'x-team': 'ours' }]);
  });

  test('A collector that is away stops nothing: work is done, and the end takes two seconds at most', async () => {
    const tracing = start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    expect(await tracing.span({ name: 'one' }, async () => 'done')).toBe('done');
    const startedAt = Date.now();
    await tracing.stop();
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });

  test.each([
    '',
    'x',
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `01${PARENT.slice(2)}`,
    `${PARENT}-canary`,
    undefined,
  ])('What is no traceparent (%j) begins a trace of its own', async (parent) => {
    expect(traceParts(parent)).toBeUndefined();
    const tracing = start();
    await tracing.span({ name: 'one', parent }, async () => undefined);
    await tracing.stop();
    expect(collector.spans()).toHaveLength(1);
    expect(collector.spans()[0]!.parentSpanId).toBeUndefined();
    expect(collector.bodies.join()).not.toMatch(/canary/);
  });

  test.each([
    ['off', {}, false],
    ['on', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, true],
  ])('Where they are %s, OpenTelemetry is loaded: %s', async (_state, settings, isLoaded) => {
    const { stdout } = await promisify(execFile)(process.execPath, nodeArguments('test/platform/loaded-packages.ts'), {
      cwd: PROJECT,
      env: { PATH: process.env.PATH, ...settings },
    });
    const loaded = JSON.parse(stdout) as string[];
    expect(loaded.filter((name) => name !== 'api').length > 0).toBe(isLoaded);
  });
});
