import type { ImportPlan } from '../../contract/import';
import type { ProblemCode } from '../../contract/problem-codes';
import { PROBLEM_CATALOGUE } from '../../domain/problems/problem-catalogue';
import type { ImportDoc } from '../../store/documents';
import { pausesOf } from '../../store/imports/pauses';
import type { ActivityDeps } from '../deps';
import { buildPlan } from './build-plan';
import { importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';

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
      const [importDoc, rows, invitations] = await Promise.all([
        before.plannedAt ? before : store.imports.find(importId),
        store.rows.outcomes(importId),
        before.plannedAt ? store.invitations.outcomes({ importId }) : [],
      ]);
      if (!importDoc?.plannedAt) throw importNotFound(importId);
      return {
        fileProblems: errorsAmong(importDoc),
        rows,
        invitations,
        awaitsApproval: importDoc.status === 'awaiting-approval',
        isCancelled: importDoc.pausedBy?.staff?.cancels === true,
        pauses: pausesOf(importDoc),
        timing: { ...settings.timing, approvalMs: remaining(settings.timing.approvalMs, importDoc.plannedAt) },
      };
    });

  async function plan(importDoc: ImportDoc): Promise<void> {
    const [{ rows, ofFile }] = await Promise.all([
      buildPlan(deps, importDoc),
      store.imports.advance(importDoc._id, 'planning'),
    ]);
    const awaitsApproval = importDoc.options.mode === 'preview' && ofFile.planHash !== undefined;
    await store.plans.record(importDoc._id, rows, ofFile, awaitsApproval);
  }
}

const errorsAmong = ({ fileProblems }: ImportDoc): ProblemCode[] =>
  fileProblems.map(({ code }) => code).filter((code) => PROBLEM_CATALOGUE[code].severity === 'error');

const remaining = (fullMs: number, since: Date): number => Math.max(0, since.getTime() + fullMs - Date.now());
