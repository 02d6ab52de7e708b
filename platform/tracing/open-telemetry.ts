import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, RandomIdGenerator } from '@opentelemetry/sdk-trace-base';
import { AsyncLocalStorage } from 'node:async_hooks';
import { traceParentOf, traceParts } from '../../contract/tracing/trace';
import type { TraceParent } from '../../contract/tracing/trace';
import { version } from '../../package.json';
import type { Attributes, OpenSpan, SpanOptions, Tracing } from './tracing';

export interface TracingSettings {
  /** Of the collector; the path of traces is appended. */
  endpoint: string;
  /** Sent to the collector, such as the key of its owner. */
  headers: Readonly<Record<string, string>>;
}

const STOP_MS = 2_000;
const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

/**
 * Spans by OpenTelemetry's SDK, without its globals: API and worker may run in one process. It is alone in importing its packages, and is
 * itself imported only where traces are wanted.
 */
export function createTracing({ endpoint, headers }: TracingSettings, service: string): Tracing {
  const random = new RandomIdGenerator();
  let givenSpanId: string | undefined;
  const provider = new BasicTracerProvider({
    // No detectors: they would tell the command line and the user of the process.
    resource: resourceFromAttributes({ 'service.name': `client-import-${service}`, 'service.version': version }),
    idGenerator: {
      generateTraceId: () => random.generateTraceId(),
      generateSpanId: () => givenSpanId ?? random.generateSpanId(),
    },
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers: { ...headers } }),
      ),
    ],
  });
  const tracer = provider.getTracer('client-import', version);
  const contexts = new AsyncLocalStorage<Context>();

  const contextOf = (parent: TraceParent | undefined): Context => {
    const parts = traceParts(parent);
    if (!parts) return contexts.getStore() ?? ROOT_CONTEXT;
    const { traceId, spanId, flags } = parts;
    return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true });
  };

  return {
    async span<Result>(options: SpanOptions, work: (span: OpenSpan) => Promise<Result>): Promise<Result> {
      const { name, kind = 'internal', attributes = {}, parent } = options;
      const context = contextOf(parent);
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, context);
      try {
        return await contexts.run(trace.setSpan(context, span), () => work(openSpan(span)));
      } catch (error) {
        fail(span);
        // Its name alone: texts of errors repeat what was sent.
        if (error instanceof Error) span.setAttribute('error.type', error.name);
        throw error;
      } finally {
        span.end();
      }
    },
    current() {
      const { traceId, spanId, traceFlags } = trace.getSpanContext(contexts.getStore() ?? ROOT_CONTEXT) ?? {};
      if (!traceId || !spanId) return undefined;
      return traceParentOf({ traceId, spanId, flags: (traceFlags ?? 0).toString(16).padStart(2, '0') });
    },
    runEnded({ workflowType, workflowId, runId, parent, own, startedAt, endedAt, failed }) {
      givenSpanId = traceParts(own)?.spanId;
      const attributes = { 'temporal.workflow.id': workflowId, 'temporal.run.id': runId };
      const span = tracer.startSpan(workflowType, { startTime: startedAt, attributes }, contextOf(parent));
      givenSpanId = undefined;
      if (failed) fail(span);
      span.end(endedAt);
    },
    async stop() {
      const timer = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref());
      // A collector that is away costs traces, nothing else.
      await Promise.race([provider.shutdown().catch(() => undefined), timer]);
    },
  };
}

const openSpan = (span: Span): OpenSpan => ({
  rename: (name) => void span.updateName(name),
  set: (attributes: Attributes) => void span.setAttributes(attributes),
  fail: () => fail(span),
});

const fail = (span: Span): void => void span.setStatus({ code: SpanStatusCode.ERROR });
