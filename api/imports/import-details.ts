import type { Config } from '../../platform/config';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { importView } from './import-view';
import type { LinkBase } from '../http/links';

interface DetailsDeps {
  store: Pick<Store, 'progress' | 'plans' | 'lineage'>;
  config: Pick<Config, 'timing'>;
  places: LinkBase;
}

/** One import with all that is known of it: its plan, if it is a preview, and the files that it corrects or is corrected by. */
export async function importDetails({ store, config, places }: DetailsDeps, importDoc: ImportDoc) {
  const [progress, plan, union] = await Promise.all([
    store.progress.of(importDoc),
    importDoc.options.mode === 'preview' && importDoc.planHash !== undefined
      ? store.plans.summary(importDoc._id)
      : null,
    store.lineage.union(importDoc),
  ]);
  return {
    ...importView(importDoc, progress, places),
    plan: plan && {
      hash: importDoc.planHash,
      expiresAt: importDoc.appliedAt ? null : expiry(importDoc, config.timing.approvalMs),
      appliedAt: importDoc.appliedAt?.toISOString() ?? null,
      ...plan,
    },
    union: union && {
      ...union,
      passes: union.passes.map(({ createdAt, ...pass }) => ({ ...pass, createdAt: createdAt.toISOString() })),
    },
  };
}

const expiry = ({ plannedAt }: ImportDoc, approvalMs: number): string | null =>
  plannedAt ? new Date(plannedAt.getTime() + approvalMs).toISOString() : null;
