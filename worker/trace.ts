import { defaultPayloadConverter } from '@temporalio/common';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import { TRACE_HEADER } from '../contract/tracing/trace';
import type { TraceCarrier, TraceSinks } from '../contract/tracing/trace';
import { CHANNELS } from '../contract/invitation';
import type { Channel } from '../contract/invitation';
import type { Tracing } from '../platform/tracing/tracing';
import type { InvitationSender } from '../providers/sender';

/** Takes the spans of runs. Workflows call it wherever a run has a trace, also in a worker without tracing. */
export const traceRuns = (tracing: Tracing | undefined): InjectedSinks<TraceSinks> => ({
  tracing: { runEnded: { fn: (_info, span) => tracing?.runEnded(span), callDuringReplay: false } },
});

/** A span for each attempt of a step, in the trace of its run. */
export const traceSteps =
  (tracing: Tracing): ActivityInterceptorsFactory =>
  ({ info: { activityType, attempt, taskQueue, workflowExecution } }) => ({
    inbound: {
      execute(input, next) {
        const carried = input.headers[TRACE_HEADER];
        if (!carried) return next(input);
        const { traceparent } = defaultPayloadConverter.fromPayload<TraceCarrier>(carried);
        const attributes = {
          'temporal.workflow.id': workflowExecution?.workflowId ?? '',
          'temporal.run.id': workflowExecution?.runId ?? '',
          'temporal.attempt': attempt,
          'temporal.task_queue': taskQueue,
        };
        return tracing.span({ name: activityType, parent: traceparent, attributes }, () => next(input));
      },
    },
  });

const PROVIDERS: Record<Channel, string> = { email: 'sendgrid', sms: 'twilio' };

/** A span for each request to a provider, within the step that makes it; none for requests outside of a trace. */
export function traceSenders(
  senders: Record<Channel, InvitationSender>,
  tracing: Tracing,
): Record<Channel, InvitationSender> {
  const traced = (channel: Channel): InvitationSender => {
    const sender = senders[channel];
    const provider = PROVIDERS[channel];
    const options = (what: string) => ({ name: `${provider} ${what}`, kind: 'client' as const });
    return {
      ...sender,
      send(messages, deadline) {
        if (tracing.current() === undefined) return sender.send(messages, deadline);
        return tracing.span(options('send'), async (span) => {
          const outcomes = await sender.send(messages, deadline);
          span.set({
            'peer.service': provider,
            'client_import.messages': messages.length,
            'client_import.outcomes': [...new Set(outcomes.map(({ kind }) => kind))].sort().join(),
          });
          if (outcomes.some(({ kind }) => kind === 'ambiguous' || kind === 'stopped')) span.fail();
          return outcomes;
        });
      },
      ...(sender.lookUp && {
        lookUp: (message) =>
          tracing.current() === undefined
            ? sender.lookUp!(message)
            : tracing.span(options('look-up'), () => sender.lookUp!(message)),
      }),
    };
  };
  return Object.fromEntries(CHANNELS.map((channel) => [channel, traced(channel)])) as Record<Channel, InvitationSender>;
}
