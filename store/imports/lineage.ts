import type { RowStatus } from '../../contract/row';
import { readTogether } from '../../platform/read-together';
import type { Collections, ImportDoc, RowDoc } from '../documents';

/** One file of a lineage of corrections. */
interface CorrectionFile {
  importId: string;
  fileName: string;
  createdAt: Date;
  lines: number;
  /** Lines that were first applied by this file. */
  done: number;
}

/** The outcome of the lines of a file and of all files that correct it, each line counted once. */
interface Union {
  lines: number;
  done: number;
  waiting: number;
  open: number;
  passes: CorrectionFile[];
}

type RowFacts = Pick<RowDoc, 'importId' | 'row' | 'origin' | 'status'>;

const DONE: RowStatus[] = ['created', 'updated', 'unchanged', 'skipped', 'ignored'];
/** The most files of a lineage that are shown. */
const MAX_FILES = 200;
/** Uploads of one file that are looked at. */
const MOST_OF_ONE_FILE = 10;

/** The files of an organisation that have these bytes. */
type SameBytes = Pick<ImportDoc, 'organisationId' | 'sha256'>;

interface Relatives {
  isCorrected: boolean;
  wasUploadedBefore: boolean;
}

/** Corrected files of failed rows, together with the file that they come from; and files that were uploaded before. */
export function createLineage({ imports, rows }: Pick<Collections, 'imports' | 'rows'>) {
  /**
   * Whether there are files that correct it, and earlier ones of the same bytes: hardly any file has one, and each that is looked at is asked for
   * them. Both parts are read from an index alone.
   */
  const relatives = readTogether(async (importDocs: readonly ImportDoc[]): Promise<Relatives[]> => {
    const found = await imports
      .aggregate<{ _id: string } | { _id: SameBytes; createdAt: Date }>([
        { $match: { 'corrects.rootId': { $in: unique(importDocs, ({ _id }) => _id) } } },
        { $group: { _id: '$corrects.rootId' } },
        {
          $unionWith: {
            coll: imports.collectionName,
            pipeline: [
              {
                $match: {
                  organisationId: { $in: unique(importDocs, ({ organisationId }) => organisationId) },
                  sha256: { $in: unique(importDocs, ({ sha256 }) => sha256) },
                },
              },
              {
                $group: {
                  _id: { organisationId: '$organisationId', sha256: '$sha256' },
                  createdAt: { $min: '$createdAt' },
                },
              },
            ],
          },
        },
      ])
      .toArray();
    const corrected = new Set(found.map(({ _id }) => _id));
    const first = new Map(
      found.flatMap((group) => ('createdAt' in group ? [[nameOf(group._id), group.createdAt] as const] : [])),
    );
    return importDocs.map((importDoc) => ({
      isCorrected: corrected.has(importDoc._id),
      wasUploadedBefore: (first.get(nameOf(importDoc)) ?? importDoc.createdAt) < importDoc.createdAt,
    }));
  });

  return {
    /** Maps rows of an import to the lines of the first file of its lineage. */
    async origins(importId: string, among: number[]): Promise<Map<number, number>> {
      const rowDocs = await rows
        .find({ importId, row: { $in: among } }, { projection: { row: 1, origin: 1 } })
        .toArray();
      return new Map(rowDocs.map(({ row, origin }) => [row, origin ?? row]));
    },

    /** The lines of an import that another file has corrected and applied. */
    async corrected(importDoc: ImportDoc): Promise<Set<number>> {
      const { rootId, files } = await filesOf(importDoc);
      const others = files.filter(({ _id }) => _id !== importDoc._id && _id !== rootId).map(({ _id }) => _id);
      if (others.length === 0) return new Set();
      const [done, own] = await Promise.all([
        facts({ importId: { $in: others }, status: { $in: DONE }, origin: { $exists: true } }),
        facts({ importId: importDoc._id, status: { $nin: DONE } }),
      ]);
      const lines = new Set(done.map(({ origin }) => origin));
      const isRoot = importDoc._id === rootId;
      return new Set(own.filter(({ row, origin }) => lines.has(isRoot ? row : origin)).map(({ row }) => row));
    },

    /** The newest imports of the same file before this one, of those whose file was read. */
    async findSameBefore(importDoc: ImportDoc): Promise<ImportDoc[]> {
      if (!(await relatives(importDoc)).wasUploadedBefore) return [];
      const { organisationId, sha256, createdAt, _id } = importDoc;
      return imports
        .find({
          ...{ organisationId, sha256, source: 'file', _id: { $ne: _id } },
          ...{ createdAt: { $lt: createdAt }, planHash: { $exists: true } },
        })
        .sort({ createdAt: -1 })
        .limit(MOST_OF_ONE_FILE)
        .toArray();
    },

    /** `null` for a file that neither has a correction nor is one. */
    async union(importDoc: ImportDoc): Promise<Union | null> {
      if (!importDoc.corrects && !(await relatives(importDoc)).isCorrected) return null;
      const { rootId, files } = await filesOf(importDoc);
      const first = files.find((file) => file._id === rootId);
      if (!first || files.length < 2) return null;
      // The first file is by far the longest: only its undone rows are read one by one.
      const [lines, undone, corrected] = await Promise.all([
        rows.countDocuments({ importId: rootId }),
        facts({ importId: rootId, status: { $nin: DONE } }),
        facts({ importId: { $in: files.filter((file) => file !== first).map((file) => file._id) } }),
      ]);
      return unite(first, files, lines, undone, corrected);
    },
  };

  /** A file and all files that correct it, oldest first, without those that wait to be applied, and previews that never were. */
  async function filesOf({ _id, corrects }: ImportDoc): Promise<{ rootId: string; files: ImportDoc[] }> {
    const rootId = corrects?.rootId ?? _id;
    const files = await imports
      .find({
        $or: [{ _id: rootId }, { 'corrects.rootId': rootId }],
        plannedAt: { $exists: true },
        $nor: [{ 'options.mode': 'preview', appliedAt: { $exists: false } }, { status: 'awaiting-approval' }],
      })
      .sort({ createdAt: 1, _id: 1 })
      .limit(MAX_FILES)
      .toArray();
    return { rootId, files };
  }

  function facts(filter: object): Promise<RowFacts[]> {
    return rows.find(filter, { projection: { importId: 1, row: 1, origin: 1, status: 1 } }).toArray();
  }
}

const unique = (importDocs: readonly ImportDoc[], keyOf: (importDoc: ImportDoc) => string): string[] => [
  ...new Set(importDocs.map(keyOf)),
];

const nameOf = ({ organisationId, sha256 }: SameBytes): string => `${sha256} ${organisationId}`;

function unite(first: ImportDoc, files: ImportDoc[], lines: number, undone: RowFacts[], corrected: RowFacts[]): Union {
  // By line of the first file, or by file and row for what was added to a correction.
  const left = new Map<string, RowStatus>(undone.map(({ row, status }) => [`${row}`, status]));
  const added = new Set<string>();
  const byFile = new Map<string, RowFacts[]>(files.map(({ _id }) => [_id, []]));
  for (const row of corrected) byFile.get(row.importId)?.push(row);

  const passes = files.map((file): CorrectionFile => {
    const own = byFile.get(file._id)!;
    let done = file === first ? lines - undone.length : 0;
    for (const { importId, row, origin, status } of own) {
      const name = origin === undefined ? `${importId}:${row}` : `${origin}`;
      if (origin === undefined) added.add(name);
      // A line counts as done once.
      if (origin !== undefined && !left.has(name)) continue;
      if (!DONE.includes(status)) left.set(name, status);
      else {
        left.delete(name);
        done++;
      }
    }
    const { _id: importId, fileName, createdAt } = file;
    return { importId, fileName, createdAt, lines: file === first ? lines : own.length, done };
  });
  const all = lines + added.size;
  const waiting = [...left.values()].filter((status) => status === 'waiting').length;
  return { lines: all, done: all - left.size, waiting, open: left.size - waiting, passes };
}
