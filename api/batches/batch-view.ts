import { batchStatusOf, sumProgress } from '../../domain/imports/batch';
import type { Batch } from '../../store/imports/batches';
import type { AppDeps } from '../app-deps';
import { batchLinksOf } from '../http/links';
import { importView } from '../imports/import-view';
import { findFileLimits } from '../limits/file-limits';
import { rejectedFileView } from '../uploads/rejected-files';

/** An upload as one thing: the sums over its files, each of its imports, and the files that were rejected at the door. */
export async function batchView(
  deps: Pick<AppDeps, 'store' | 'config' | 'linkBase'>,
  organisationId: string,
  { id, createdAt, imports, rejected }: Batch,
) {
  const { store, linkBase } = deps;
  const progress = await store.progress.ofAll(imports);
  return {
    id,
    createdAt: createdAt.toISOString(),
    status: batchStatusOf(
      imports.map(({ status }) => status),
      rejected.length,
    ),
    files: { total: imports.length + rejected.length, rejected: rejected.length },
    ...sumProgress(progress),
    imports: imports.map((importDoc, i) => importView(importDoc, progress[i]!, linkBase)),
    rejected: await rejectedFileViews(deps, organisationId, rejected),
    links: batchLinksOf(id, linkBase),
  };
}

/** What an organisation may upload is looked up where any were rejected. */
async function rejectedFileViews(
  { store, config, linkBase }: Pick<AppDeps, 'store' | 'config' | 'linkBase'>,
  organisationId: string,
  rejected: Batch['rejected'],
) {
  if (rejected.length === 0) return [];
  const { bytes } = await findFileLimits(store, organisationId, config);
  return rejected.map((file) => rejectedFileView(file, bytes, linkBase));
}
