import type { TraceParent } from '../../contract/tracing/trace';
import type { Tracing } from '../../platform/tracing/tracing';

/** Requests whose import no signal follows are forgotten, the oldest first. */
const MOST = 1_000;
const OF_AN_IMPORT = /^\/v1\/imports\/([0-9a-f-]{36})(?:\/|$)/;

export interface CommandTraces {
  /** Notes that the request under way may change an import. */
  note: (method: string, path: string) => void;
  /** Does work for an import in a span of the request that has changed it, or in a trace of its own. */
  follow: <Result>(importId: string, work: () => Promise<Result>) => Promise<Result>;
}

/**
 * A command of staff is carried out after its request: by the outbox, which signals the workflow. This hands the trace over within the
 * process, where it is signalled as a rule; another process that is quicker begins a trace of its own.
 */
export function createCommandTraces(tracing: Tracing | undefined): CommandTraces {
  const requests = new Map<string, TraceParent>();
  return {
    note(method, path) {
      const importId = method === 'GET' ? undefined : OF_AN_IMPORT.exec(path)?.[1];
      const traceparent = tracing?.current();
      if (importId === undefined || traceparent === undefined) return;
      requests.delete(importId);
      requests.set(importId, traceparent);
      if (requests.size > MOST) requests.delete(requests.keys().next().value!);
    },
    follow(importId, work) {
      if (!tracing) return work();
      const parent = requests.get(importId);
      requests.delete(importId);
      return tracing.span({ name: 'outbox', parent, attributes: { 'client_import.import': importId } }, work);
    },
  };
}
