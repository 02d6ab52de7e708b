import { batchStatusOf, sumProgress } from '../../domain/imports/batch';
import type { Batch } from '../../store/imports/batches';
import type { AppDeps } from '../app-deps';
import { batchLinksOf } from '../http/links';
import { importView } from '../imports/import-view';
import { rejectedFileView } from '../uploads/rejected-files';

/** An upload as one thing: the sums over its files, each of its imports, and the files that were rejected at the door. */
export async function batchView(
  { store, config, linkBase }: Pick<AppDeps, 'store' | 'config' | 'linkBase'>,
  { id, createdAt, imports, rejected }: Batch,
) {
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
    rejected: rejected.map((file) => rejectedFileView(file, config.upload.maxBytes, linkBase)),
    links: batchLinksOf(id, linkBase),
  };
}
