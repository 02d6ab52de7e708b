import { defaultPayloadConverter } from '@temporalio/common';
import type { Headers } from '@temporalio/common';
import { TRACE_HEADER } from '../../contract/tracing/trace';
import type { TraceCarrier } from '../../contract/tracing/trace';
import type { Tracing } from '../../platform/tracing/tracing';

interface StartInput {
  readonly workflowType: string;
  readonly headers: Headers;
}

/**
 * An interceptor of Temporal's client that hands the trace of what is under way, a request or the outbox, to the run that it starts, or
 * signals.
 */
export function traceStarts(tracing: Tracing) {
  const traced = <Input extends StartInput, Result>(
    input: Input,
    next: (input: Input) => Promise<Result>,
  ): Promise<Result> => {
    if (tracing.current() === undefined) return next(input);
    return tracing.span({ name: `start ${input.workflowType}`, kind: 'client' }, () => {
      const carrier: TraceCarrier = { traceparent: tracing.current()! };
      const headers = { ...input.headers, [TRACE_HEADER]: defaultPayloadConverter.toPayload(carrier) };
      return next({ ...input, headers });
    });
  };
  return { startWithDetails: traced, signalWithStart: traced };
}
