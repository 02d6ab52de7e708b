import { ApplicationFailure } from '@temporalio/common';
import { isHeld } from '../../domain/long-list';
import type { ApplyPlanRequest, GivenCommand } from '../../contract/messages';
import { OPTION_OF } from '../../contract/question';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { buildPlan } from './build-plan';
import type { ImportDoc } from '../../store/documents';
import { choicesMissing, fileRejected, importNotFound, nothingToApply, planOutdated } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { createCommandRecorder } from '../commands/record-command';
import { takeSnapshot } from '../take-snapshot';

/**
 * Applies the plan of an import that waits for approval, if a new plan would be the same and asks nothing. Otherwise the
 * organisation's data has changed: the new plan replaces the old one for the administrator to look at, and the step throws
 * `PlanOutdated` or `ChoicesMissing`. Idempotent.
 */
export function createApplyPlan(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now' | 'betweenParts'>) {
  const { apply } = createPlanApplier(deps);
  const recorded = createCommandRecorder(deps);

  return (input: { importId: string; command?: GivenCommand } & ApplyPlanRequest): Promise<ImportSnapshot> =>
    withHeartbeat(() =>
      recorded('applyPlan', input, async () => {
        const { importId, planHash } = input;
        await apply(importId, planHash, new Date());
        return { result: await takeSnapshot(deps, importId), facts: { planHash } };
      }),
    );
}

/** What applies plans: a step of the workflow, and every step that reads an import whose plan is to be applied. */
export function createPlanApplier(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now' | 'betweenParts'>) {
  const { store, settings } = deps;

  return {
    apply,

    /**
     * Applies the plan that an administrator wants applied by the API, or withdraws the request: the plan shows why. A long file that was
     * to be planned again is, first.
     */
    async applyRequested(importDoc: ImportDoc): Promise<void> {
      const { _id: importId, applyRequest } = importDoc;
      await restage(importDoc);
      if (!applyRequest) return;
      const { planHash, at } = applyRequest;
      try {
        await apply(importId, planHash, at);
      } catch (error) {
        if (!(error instanceof ApplicationFailure) || !error.nonRetryable) throw error;
        await store.imports.refuseApply(importId, planHash);
      }
    },
  };

  /** Plans a long file again whose choices or rows have changed, or whose planning was interrupted. */
  async function restage({ _id: importId, staging, status }: ImportDoc): Promise<void> {
    if (!staging || status !== 'awaiting-approval') return;
    const attempt = await store.plans.takeOver(importId);
    const importDoc = attempt === null ? null : await store.imports.find(importId);
    if (attempt === null || !importDoc) return;
    const plan = await buildPlan(deps, importDoc, { betweenPages: deps.betweenParts });
    await store.plans.restage(importId, attempt, plan, deps.betweenParts);
  }

  /** `at` is when it was asked for, which must be before the plan expires. */
  async function apply(importId: string, planHash: string, at: Date): Promise<void> {
    const importDoc = await store.imports.find(importId);
    if (!importDoc) throw importNotFound(importId);
    if (isApplied(importDoc, planHash)) return;
    await restage(importDoc);
    const plannedAfter = new Date(at.getTime() - settings.timing.approvalMs);
    if (importDoc.status !== 'awaiting-approval' || !importDoc.plannedAt || importDoc.plannedAt <= plannedAfter) {
      throw nothingToApply();
    }
    if (importDoc.planHash !== planHash) throw planOutdated();

    const { rows, ofFile } = await buildPlan(deps, importDoc, { betweenPages: deps.betweenParts });
    if (ofFile.planHash === planHash && ofFile.questions.length === 0) {
      // Of the rows that were looked at: as long as the hash is theirs, they do not change.
      const totals = await store.plans.summary(importId, importDoc.failover);
      if (await store.imports.applyPlan(importId, planHash, plannedAfter, totals)) return;
    } else if (isHeld(rows)) {
      await store.plans.replace(importId, planHash, rows, ofFile);
    } else if (await store.plans.planAgain(importDoc, {})) {
      const attempt = await store.plans.takeOver(importId);
      if (attempt !== null) await store.plans.restage(importId, attempt, { rows, ofFile }, deps.betweenParts);
    }
    // Another request may have applied this plan meanwhile, and its effects look like a change.
    const current = await store.imports.find(importId);
    if (current && isApplied(current, planHash)) return;
    if (ofFile.questions.length > 0) throw choicesMissing(ofFile.questions.map(({ kind }) => OPTION_OF[kind]));
    if (ofFile.planHash === undefined) throw fileRejected(ofFile.fileProblems.map(({ code }) => code));
    throw ofFile.planHash === planHash ? nothingToApply() : planOutdated();
  }
}

const isApplied = ({ appliedAt, planHash }: ImportDoc, requestedHash: string): boolean =>
  appliedAt !== undefined && planHash === requestedHash;
