import type { Config } from '../platform/config';
import type { ImportDoc } from '../store/documents';
import type { Store } from '../store/index';
import { importView } from './views';
import type { Places } from './views';

interface DetailsDeps {
  store: Pick<Store, 'progress' | 'plans' | 'lineage'>;
  config: Pick<Config, 'pace'>;
  places: Places;
}

/** One import with all that is known of it: its plan, if it is a preview, and the files that it corrects or is corrected by. */
export async function importDetails({ store, config, places }: DetailsDeps, found: ImportDoc) {
  const [progress, plan, union] = await Promise.all([
    store.progress.of(found),
    found.options.mode === 'preview' && found.planHash !== undefined ? store.plans.summary(found._id) : null,
    store.lineage.union(found),
  ]);
  return {
    ...importView(found, progress, places),
    plan: plan && {
      hash: found.planHash,
      expiresAt: found.approvedAt ? null : expiry(found, config.pace.approvalMs),
      approvedAt: found.approvedAt?.toISOString() ?? null,
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
