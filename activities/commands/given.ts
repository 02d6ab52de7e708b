import { Context } from '@temporalio/activity';
import { COMMANDS } from '../../contract/messages';
import type { GivenCommand } from '../../contract/messages';
import type { Command } from '../../store/imports/pauses';

/** Timestamps of Temporal as `fetchHistory` returns them. */
interface Timestamp {
  seconds?: { toString(): string } | number | null;
  nanos?: number | null;
}
const toDate = ({ seconds, nanos }: Timestamp): Date => new Date(Number(seconds ?? 0) * 1_000 + (nanos ?? 0) / 1e6);

/** Where a message stands in the history of its workflow. */
export interface Origin {
  /** As the sender calls itself to Temporal: a program on a host, or the person who has signed in to the Temporal UI. May be empty. */
  identity: string;
  at: Date;
  /** The number of its event. */
  event: number;
}

const fetchEvents = async () => {
  const { client, info } = Context.current();
  const { workflowId, runId } = info.workflowExecution!;
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  return { runId, events: events ?? [] };
};

/**
 * When a message was given to the workflow of this activity, and by whom, by its history: no handler of a workflow is told. A signal
 * has its time. An update is written down only once a worker accepts it, so all that is known is that it came since the task in which
 * that happened was scheduled at the earliest. `undefined` without a message, as from an older build.
 */
export async function whenGiven(command: GivenCommand | undefined): Promise<Command & { origin?: Origin }> {
  if (!command) return {};
  const { runId, events } = await fetchEvents();
  let signals = 0;
  let scheduled: Date | undefined;
  for (const { eventTime, eventId, ...event } of events) {
    const at = toDate(eventTime ?? {});
    const originOf = (identity: string | null | undefined): Origin => ({
      identity: identity ?? '',
      at,
      event: Number(eventId),
    });
    if (event.workflowTaskScheduledEventAttributes) scheduled = at;
    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal && COMMANDS.includes(signal.signalName as (typeof COMMANDS)[number])) {
      signals += 1;
      if (signals === command.signal)
        return { id: command.id, given: { notBefore: at, notAfter: at }, origin: originOf(signal.identity) };
    }
    const update = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (update && command.updateId !== undefined && update.protocolInstanceId === command.updateId) {
      const given = { notBefore: scheduled ?? at, notAfter: at };
      const origin = originOf(update.acceptedRequest?.meta?.identity);
      return { id: command.id, line: `${runId} updates`, given, origin };
    }
  }
  return { id: command.id };
}

/** Who has cancelled the workflow of this activity itself, by Temporal's own request; `undefined` if nobody has. */
export async function whoCancelled(): Promise<(Origin & { runId: string }) | undefined> {
  const { runId, events } = await fetchEvents();
  const found = events.find((event) => event.workflowExecutionCancelRequestedEventAttributes);
  if (!found) return undefined;
  const { identity } = found.workflowExecutionCancelRequestedEventAttributes!;
  return { runId, identity: identity ?? '', at: toDate(found.eventTime ?? {}), event: Number(found.eventId) };
}
