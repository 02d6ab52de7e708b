import type { Client } from '@temporalio/client';
import { IMPORT_WORKFLOW_TYPE, importIdOf } from '../../contract/import';

/** One run of the workflow of an import, as Temporal lists it. */
export interface Run {
  importId: string;
  workflowId: string;
  runId: string;
  startedAt: Date;
  isTerminated: boolean;
}

/** What somebody has done to a workflow itself, in Temporal. */
export interface Intervention {
  action: 'terminateWorkflow' | 'resetWorkflow';
  at: Date;
  /** As Temporal names whoever did it; empty where it does not know. */
  identity: string;
  /** The number of its event in the history of the run. */
  event: number;
}

const DEADLINE_MS = 10_000;
const PAGE_SIZE = 500;
/** By these the server itself ends a run that is reset (1.32.0: the first); it keeps no identity of who asked for that. */
const BY_RESET: readonly unknown[] = ['history-resetter', 'history-service'];

/** Temporal's own record of what was done to workflows: no step of ours runs for a termination or a reset. */
export function createInterventions(temporal: Client, taskQueue: string) {
  const ask = <T>(call: () => Promise<T>): Promise<T> => temporal.withDeadline(Date.now() + DEADLINE_MS, call);
  const eventsOf = async ({ workflowId, runId }: Run) => {
    const { events } = await ask(() => temporal.workflow.getHandle(workflowId, runId).fetchHistory());
    return (events ?? []).map((event) => ({
      ...event,
      at: new Date(Number(event.eventTime?.seconds ?? 0) * 1_000 + (event.eventTime?.nanos ?? 0) / 1e6),
      number: Number(event.eventId),
    }));
  };

  return {
    /** The runs of this installation that have begun or were terminated since. */
    async since(time: Date): Promise<Run[]> {
      const at = time.toISOString();
      const ours = `WorkflowType = '${IMPORT_WORKFLOW_TYPE}' AND TaskQueue = '${taskQueue.replaceAll("'", "''")}'`;
      const query = `${ours} AND (StartTime >= '${at}' OR (ExecutionStatus = 'Terminated' AND CloseTime >= '${at}'))`;
      const listed = temporal.workflow.list({ query, pageSize: PAGE_SIZE })[Symbol.asyncIterator]();
      const runs: Run[] = [];
      // Each page has the whole deadline: all of a busy day would not come within one.
      for (;;) {
        const next = await ask(() => listed.next());
        if (next.done) return runs;
        const { workflowId, runId, startTime, status } = next.value;
        const importId = importIdOf(workflowId);
        if (importId !== undefined)
          runs.push({ importId, workflowId, runId, startedAt: startTime, isTerminated: status.name === 'TERMINATED' });
      }
    },

    /** `undefined` where a reset has ended the run. */
    async termination(run: Run): Promise<Intervention | undefined> {
      const last = (await eventsOf(run)).at(-1);
      const identity = last?.workflowExecutionTerminatedEventAttributes?.identity ?? '';
      if (!last?.workflowExecutionTerminatedEventAttributes || BY_RESET.includes(identity)) return undefined;
      return { action: 'terminateWorkflow', at: last.at, identity, event: last.number };
    },

    /** The reset by which a run has begun; `undefined` for any other run. */
    async reset(run: Run): Promise<Intervention | undefined> {
      const { raw } = await ask(() => temporal.workflow.getHandle(run.workflowId, run.runId).describe());
      if (!raw.workflowExtendedInfo?.lastResetTime) return undefined;
      // Its history has those of the runs before it, too.
      const reset = (await eventsOf(run)).find(
        ({ workflowTaskFailedEventAttributes: failed }) =>
          failed?.failure?.resetWorkflowFailureInfo && failed.newRunId === run.runId,
      );
      return reset && { action: 'resetWorkflow', at: reset.at, identity: '', event: reset.number };
    },
  };
}
export type Interventions = ReturnType<typeof createInterventions>;
