import type { Headers } from '@temporalio/common';
import { ContinueAsNew, defaultPayloadConverter, proxySinks, workflowInfo } from '@temporalio/workflow';
import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { TRACE_HEADER, traceParentOfRun } from '../contract/tracing/trace';
import type { TraceCarrier, TraceParent, TraceSinks } from '../contract/tracing/trace';

/**
 * Hands the trace of what has started a run to its steps, and tells the worker of the span of the run once it ends. Does nothing in a run
 * without a trace. Temporal's own interceptors would bring the SDK of OpenTelemetry into every workflow: docs/decisions, 0070.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  /** Given to the next run, so that all runs of an import are siblings. */
  let parent: TraceParent | undefined;
  let own: TraceParent | undefined;
  /** Of the command that was signalled last: the steps that follow are its work. */
  let command: TraceParent | undefined;
  return {
    inbound: [
      {
        async execute(input, next) {
          const carried = input.headers[TRACE_HEADER];
          if (!carried) return next(input);
          const { runId, workflowId, workflowType, startTime } = workflowInfo();
          parent = defaultPayloadConverter.fromPayload<TraceCarrier>(carried).traceparent;
          own = traceParentOfRun(parent, runId);
          if (!own) return next(input);
          const span = { workflowType, workflowId, runId, parent, own, startedAt: startTime.getTime() };
          const ended = (failed: boolean): void =>
            proxySinks<TraceSinks>().tracing.runEnded({ ...span, endedAt: Date.now(), failed });
          try {
            const result = await next(input);
            ended(false);
            return result;
          } catch (error) {
            ended(!(error instanceof ContinueAsNew));
            throw error;
          }
        },
        handleSignal(input, next) {
          const carried = input.headers[TRACE_HEADER];
          if (carried) command = defaultPayloadConverter.fromPayload<TraceCarrier>(carried).traceparent;
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next({ ...input, headers: withTrace(input.headers, command ?? own) }),
        continueAsNew: (input, next) => next({ ...input, headers: withTrace(input.headers, parent) }),
      },
    ],
  };
};

function withTrace(headers: Headers, traceparent: TraceParent | undefined): Headers {
  if (traceparent === undefined) return headers;
  return { ...headers, [TRACE_HEADER]: defaultPayloadConverter.toPayload({ traceparent } satisfies TraceCarrier) };
}
