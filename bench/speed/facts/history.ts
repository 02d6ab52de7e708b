import { setTimeout as pause } from 'node:timers/promises';
import { importWorkflowId } from '../../../contract/import';
import type { Stack } from '../stack/stack';

const POLL_MS = 50;
const LIMIT_MS = 10_000;

export interface History {
  events: number;
  bytes: number;
}

export interface HistoryEvent {
  /** Such as `workflowTaskStarted`. */
  type: string;
  /** In milliseconds since 1970. */
  at: number;
}

/** The events of an import so far, in their order. */
export async function eventsOf({ temporal }: Stack, importId: string): Promise<HistoryEvent[]> {
  const { events } = await temporal.workflow.getHandle(importWorkflowId(importId)).fetchHistory();
  return events!.map((event) => ({
    type: Object.keys(event)
      .find((name) => name.endsWith('EventAttributes'))!
      .replace('EventAttributes', ''),
    at: Number(event.eventTime!.seconds) * 1000 + Number(event.eventTime!.nanos ?? 0) / 1e6,
  }));
}

/** Of an import that rests; waits a moment for a workflow that is about to end. */
export async function historyOf({ temporal }: Stack, importId: string): Promise<History> {
  const handle = temporal.workflow.getHandle(importWorkflowId(importId));
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const { status, historyLength, raw } = await handle.describe();
    if (status.name === 'COMPLETED' || performance.now() > deadline) {
      return { events: historyLength, bytes: Number(raw.workflowExecutionInfo?.historySizeBytes) };
    }
    await pause(POLL_MS);
  }
}
