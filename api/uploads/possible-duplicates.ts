import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';

/** An import of the same bytes a short while ago: perhaps this one was uploaded by mistake. */
export interface PossibleDuplicate {
  id: string;
  fileName: string;
  createdAt: string;
}

const DAY_MS = 86_400_000;

/**
 * The newest import with the same bytes before each of these, by id: of the day before, or earlier in the same upload. It is pointed out
 * and not refused, since the people of a file that comes again are known, and so nobody is invited twice.
 */
export async function findPossibleDuplicates(
  { batches }: Pick<Store, 'batches'>,
  organisationId: string,
  imports: readonly Pick<ImportDoc, '_id' | 'sha256' | 'fileName' | 'source'>[],
  createdAt: Date,
): Promise<Map<string, PossibleDuplicate>> {
  const files = imports.filter(({ source }) => source === 'file');
  if (files.length === 0) return new Map();
  const hashes = [...new Set(files.map(({ sha256 }) => sha256))];
  const same = await batches.findSame(organisationId, hashes, new Date(createdAt.getTime() - DAY_MS));
  const newest = new Map<string, PossibleDuplicate>();
  for (const one of same) {
    // The newest comes first; a repeated request finds its own imports, and newer ones.
    if (one.createdAt < createdAt && !newest.has(one.sha256)) newest.set(one.sha256, view(one));
  }
  const duplicates = new Map<string, PossibleDuplicate>();
  for (const file of files) {
    const before = newest.get(file.sha256);
    if (before) duplicates.set(file._id, before);
    newest.set(file.sha256, view({ ...file, createdAt }));
  }
  return duplicates;
}

const view = ({ _id, fileName, createdAt }: Pick<ImportDoc, '_id' | 'fileName' | 'createdAt'>): PossibleDuplicate => ({
  id: _id,
  fileName,
  createdAt: createdAt.toISOString(),
});
