/**
 * A place in a trace, as the header `traceparent` of W3C has it: version, trace, span, flags
 * (https://www.w3.org/TR/trace-context/#traceparent-header). Ids only. What else a caller may send along (`tracestate`, `baggage`) goes
 * no further than the API: it is free text, and Temporal shows all of it.
 */
export type TraceParent = string;

/** The header of Temporal in which it goes, by the name that Temporal's SDKs have for it. Holds a `TraceCarrier`. */
export const TRACE_HEADER = '_tracer-data';

export interface TraceCarrier {
  traceparent: TraceParent;
}

/** How a run of a workflow has ended, for the span of it. Times in milliseconds of the epoch. */
export interface RunSpan {
  workflowType: string;
  workflowId: string;
  runId: string;
  /** What has started the run. */
  parent: TraceParent;
  /** The run's own place, which its steps have as their parent. */
  own: TraceParent;
  startedAt: number;
  endedAt: number;
  failed: boolean;
}

/** What a run calls in its worker, as a sink of Temporal's. */
export type TraceSinks = { tracing: { runEnded(span: RunSpan): void } };

export interface TraceParts {
  traceId: string;
  spanId: string;
  flags: string;
}

const TRACE_PARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** `undefined` for anything but a valid `traceparent`. */
export function traceParts(traceparent: unknown): TraceParts | undefined {
  const [, traceId, spanId, flags] = (typeof traceparent === 'string' && TRACE_PARENT.exec(traceparent)) || [];
  return traceId && spanId && flags ? { traceId, spanId, flags } : undefined;
}

export const traceParentOf = ({ traceId, spanId, flags }: TraceParts): TraceParent =>
  `00-${traceId}-${spanId}-${flags}`;

/**
 * The place of a run within the trace of what has started it. A workflow has no randomness of its own to spend: the id of its span is the
 * random end of its run id, so that each worker that carries the run on knows it.
 */
export function traceParentOfRun(parent: TraceParent, runId: string): TraceParent | undefined {
  const parts = traceParts(parent);
  return parts && traceParentOf({ ...parts, spanId: runId.replaceAll('-', '').slice(-16) });
}
