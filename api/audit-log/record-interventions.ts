import { temporalRecord } from '../../domain/audit-log/temporal-record';
import type { Logger } from '../../platform/logger';
import { repeat } from '../../platform/repeat';
import type { Repeating } from '../../platform/repeat';
import type { Store } from '../../store/index';
import type { Intervention, Interventions, Run } from '../temporal/interventions';

const EVERY_MS = 20_000;
/** Temporal lists a run some time after its beginning or end. In milliseconds. */
const LAG_MS = 60_000;
/** What was done while no API ran is looked for so far back. In milliseconds. */
const FIRST_LOOK_BACK_MS = 24 * 3_600_000;
const AT_ONCE = 500;

interface Deps {
  store: Pick<Store, 'imports' | 'auditLog'>;
  interventions: Interventions;
}

/** Keeps what is done to workflows in Temporal on record. Several processes may run this at once. */
export function startRecordingInterventions(deps: Deps, log: Logger): Repeating {
  let since = Date.now() - FIRST_LOOK_BACK_MS;
  return repeat(
    async () => {
      const begunAt = Date.now();
      await recordInterventions(deps, new Date(since));
      since = begunAt - LAG_MS;
    },
    EVERY_MS,
    log,
    'the record of what was done to workflows',
  );
}

/**
 * Gives each termination and each reset of an import's workflow since then its entry in the audit log, once. The entry has the id of its
 * run, so whoever finds it again writes none.
 */
export async function recordInterventions({ store, interventions }: Deps, since: Date): Promise<void> {
  const runs = await interventions.since(since);
  const later = laterRuns(runs);
  for (let from = 0; from < runs.length; from += AT_ONCE) {
    const some = runs.slice(from, from + AT_ONCE);
    const known = new Map(
      (await store.imports.findAll(some.map(({ importId }) => importId))).map((one) => [one._id, one]),
    );
    for (const run of some) {
      const importDoc = known.get(run.importId);
      if (!importDoc) continue;
      const found = [
        run.isTerminated ? await interventions.termination(run) : undefined,
        mayBeReset(run, importDoc.plannedAt) ? await interventions.reset(run) : undefined,
      ];
      for (const intervention of found) if (intervention) await record(importDoc.organisationId, run, intervention);
    }
  }

  /** The first run of an import plans it. Only a later one can come from a reset, which is another call to Temporal to know. */
  function mayBeReset(run: Run, plannedAt: Date | undefined): boolean {
    return (plannedAt !== undefined && plannedAt < run.startedAt) || later.has(run);
  }

  function record(organisationId: string, { importId, runId }: Run, { event, ...done }: Intervention): Promise<void> {
    return store.auditLog.append(
      temporalRecord({
        ...{ ...done, organisationId, importId, eventKey: `${runId}:${done.action}`, status: 200, code: null },
        facts: { run: runId, event },
      }),
    );
  }
}

/** Those of these runs that another of the same workflow has begun before. There may be as many as imports in a day. */
export function laterRuns(runs: readonly Run[]): Set<Run> {
  const firstStart = new Map<string, Date>();
  for (const { workflowId, startedAt } of runs) {
    const first = firstStart.get(workflowId);
    if (!first || startedAt < first) firstStart.set(workflowId, startedAt);
  }
  return new Set(runs.filter(({ workflowId, startedAt }) => firstStart.get(workflowId)! < startedAt));
}
