import type { ImportPlan } from '../contract/import';
import type { ProblemCode } from '../contract/problem-codes';
import { PROBLEM_CATALOGUE } from '../domain/problems/problem-catalogue';
import type { ImportDoc } from '../store/documents';
import { holdsOf } from '../store/holds';
import type { ActivityDeps } from './deps';
import { drawUpPlan } from './draw-up-plan';
import { importNotFound } from './failures';
import { withHeartbeat } from './heartbeat';

/**
 * Reads the file, checks every row and stages the rows. An import that is planned already is not read again: its rows
 * and invitations are returned as they stand, so that a workflow can go on where another ended.
 */
export function createPlanImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;

  return ({ importId }: { importId: string }): Promise<ImportPlan> =>
    withHeartbeat(async () => {
      const before = await store.imports.find(importId);
      if (!before) throw importNotFound(importId);
      if (!before.plannedAt) await plan(before);
      const [found, rows, invitations] = await Promise.all([
        before.plannedAt ? before : store.imports.find(importId),
        store.rows.outcomes(importId),
        before.plannedAt ? store.invitations.outcomes({ importId }) : [],
      ]);
      if (!found?.plannedAt) throw importNotFound(importId);
      return {
        fileProblems: errorsAmong(found),
        rows,
        invitations,
        awaitsApproval: found.status === 'awaiting-approval',
        isCancelled: found.holds?.staff?.cancels === true,
        holds: holdsOf(found),
        pace: { ...settings.pace, approvalMs: remaining(settings.pace.approvalMs, found.plannedAt) },
      };
    });

  async function plan(found: ImportDoc): Promise<void> {
    const [{ rows, ofFile }] = await Promise.all([
      drawUpPlan(deps, found),
      store.imports.advance(found._id, 'planning'),
    ]);
    const awaitsApproval = found.options.mode === 'preview' && ofFile.planHash !== undefined;
    await store.plans.record(found._id, rows, ofFile, awaitsApproval);
  }
}

const errorsAmong = ({ fileProblems }: ImportDoc): ProblemCode[] =>
  fileProblems.map(({ code }) => code).filter((code) => PROBLEM_CATALOGUE[code].severity === 'error');

const remaining = (fullMs: number, since: Date): number => Math.max(0, since.getTime() + fullMs - Date.now());
