import { setTimeout as pause } from 'node:timers/promises';
import { importWorkflowId } from '../../../contract/import';
import type { Stack } from '../stack/stack';

const POLL_MS = 50;
const LIMIT_MS = 10_000;

export interface History {
  events: number;
  bytes: number;
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
