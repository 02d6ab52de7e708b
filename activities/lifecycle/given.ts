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

/**
 * When a message was given to the workflow of this activity, by its history. A signal has its time. An update is written down only
 * once a worker accepts it, so all that is known is that it came since the task in which that happened was scheduled at the
 * earliest. `undefined` without a message, as from an older build.
 */
export async function whenGiven(command: GivenCommand | undefined): Promise<Command> {
  if (!command) return {};
  const { client, info } = Context.current();
  const { workflowId, runId } = info.workflowExecution!;
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  let signals = 0;
  let scheduled: Date | undefined;
  for (const event of events ?? []) {
    const at = toDate(event.eventTime ?? {});
    if (event.workflowTaskScheduledEventAttributes) scheduled = at;
    const signal = event.workflowExecutionSignaledEventAttributes;
    if (signal && COMMANDS.includes(signal.signalName as (typeof COMMANDS)[number])) {
      signals += 1;
      if (signals === command.signal) return { id: command.id, given: { notBefore: at, notAfter: at } };
    }
    const update = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (update && command.updateId !== undefined && update.protocolInstanceId === command.updateId)
      return { id: command.id, line: `${runId} updates`, given: { notBefore: scheduled ?? at, notAfter: at } };
  }
  return { id: command.id };
}
