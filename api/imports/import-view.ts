import type { ImportProgress } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { Problem } from '../../contract/problem';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import type { ImportDoc } from '../../store/documents';
import { linksOf } from '../http/links';
import type { LinkBase } from '../http/links';
import { reasonOf } from '../rows/row-view';

export function importView(importDoc: ImportDoc, progress: ImportProgress, places: LinkBase) {
  return {
    id: importDoc._id,
    kind: importDoc.kind,
    source: importDoc.source,
    fileName: importDoc.fileName,
    options: importDoc.options,
    batch: importDoc.batchId,
    status: progress.status,
    createdAt: importDoc.createdAt.toISOString(),
    closedAt: importDoc.closedAt?.toISOString() ?? null,
    lines: progress.lines,
    rows: progress.rows,
    invitations: progress.invitations,
    corrects: importDoc.corrects?.importId ?? null,
    pausedBy: pausedByView(importDoc),
    problems: importDoc.fileProblems.map((problem): Problem => describeProblem(problem, lineOf(problem.details))),
    links: linksOf(importDoc._id, places),
  };
}

/** Who paused the import, since when and why. */
function pausedByView({ pausedBy = {} }: ImportDoc) {
  return Object.entries(pausedBy).map(([by, { at, code, providerCode }]) => ({
    by,
    since: at.toISOString(),
    problem: code ? describeProblem({ code, column: null, letter: null, value: null }, null) : null,
    providerCode: providerCode ?? null,
    providerReason: by === 'staff' ? null : reasonOf(by as Channel, providerCode),
  }));
}

/** A problem of the file may still be about one line, such as an unclosed quote. */
const lineOf = (details: Record<string, string | number> | undefined): number | null =>
  typeof details?.line === 'number' ? details.line : null;
