import { PAGE_ROWS } from '../../contract/pages/pages';
import type { ImportPlan } from '../../contract/snapshot';
import type { ImportDoc, OrganisationDoc, RowDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { createPlanApplier } from './apply-plan';
import { buildPlan } from './build-plan';
import { importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { isHeld } from '../../domain/long-list';
import { Deadline } from '../../platform/deadline';
import { followUp } from '../sending/follow-up';
import { findStored, toSnapshot } from '../take-snapshot';

/**
 * Reads the file, checks every row and stages the rows. An import that is planned already is not read again; its snapshot
 * lets a new run of the workflow continue where another ended.
 */
export function createPlanImport(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now' | 'betweenParts'>) {
  const ensurePlanned = createPlanner(deps);

  return ({ importId }: { importId: string }): Promise<ImportPlan> =>
    withHeartbeat(async () => {
      const planned = await ensurePlanned(importId);
      let stored = await findStored(deps, importId);
      // The run before may have been told of a report while it handed over, and have looked at nothing any more.
      if (!planned && (await followUp(deps, stored.importDoc, stored.snapshot)))
        stored = await findStored(deps, importId);
      return { snapshot: toSnapshot(stored, deps.settings), timing: deps.settings.timing };
    });
}

/** An import that was planned just now, its rows, and the organisation as it was read for that. */
export interface Planned {
  importDoc: ImportDoc;
  organisation: OrganisationDoc | null;
  /** None where they are too many to be held. */
  rows: readonly RowDoc[];
  /** There are so many that each page of them has a step of its own. */
  isPaged: boolean;
  /** Begins before they are staged: as long as it has not expired, they are as they were staged. */
  deadline: Deadline;
}

/**
 * Plans an import once, and applies the plan that an administrator wants applied. Returns what it has staged; `null` for an import
 * that was planned before. Throws `ImportNotFound`.
 */
export function createPlanner(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now' | 'betweenParts'>) {
  const { store, settings } = deps;
  const plans = createPlanApplier(deps);

  return async (importId: string, { sendsFirst = false } = {}): Promise<Planned | null> => {
    const importDoc = await store.imports.find(importId);
    if (!importDoc) throw importNotFound(importId);
    if (importDoc.plannedAt) {
      await plans.applyRequested(importDoc);
      return null;
    }
    const [{ rows, ofFile, organisation }] = await Promise.all([
      buildPlan(deps, importDoc, { betweenPages: deps.betweenParts }),
      store.imports.advance(importId, 'planning'),
    ]);
    await deps.betweenParts();
    const isPaged = rows.length > PAGE_ROWS;
    const isPreview = importDoc.options.mode === 'preview' && ofFile.planHash !== undefined;
    const awaitsApproval = isPreview || ofFile.questions.length > 0;
    const options = { awaitsApproval, sendsFirst: sendsFirst && !isPaged, betweenPages: deps.betweenParts };
    const deadline = new Deadline(settings.stepFenceMs);
    const staged = await store.plans.record(importId, rows, ofFile, options);
    if (!staged) {
      await assertNotBeingStaged(importId);
      return null;
    }
    if (!isHeld(rows)) return { importDoc: staged, organisation, rows: [], isPaged, deadline };
    // Some of them may be about people who were erased meanwhile.
    const asStaged = staged.erasures ? await store.rows.page(importId, { limit: rows.length + 1 }) : rows;
    return { importDoc: staged, organisation, rows: asStaged, isPaged, deadline };
  };

  /** Throws where a newer attempt is staging the rows of a long file: this one can tell nothing about them. */
  async function assertNotBeingStaged(importId: string): Promise<void> {
    const importDoc = await store.imports.find(importId);
    if (importDoc?.status === 'planning' && !importDoc.plannedAt) throw new Error('Another attempt stages these rows');
  }
}
