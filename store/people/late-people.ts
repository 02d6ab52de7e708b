import type { RowStatus } from '../../contract/row';
import { pagesOf } from '../../domain/long-list';
import type { Collections } from '../documents';
import { rowId } from '../ids';
import { countsChanged } from '../imports/progress';

/** Of rows that have ended without a person of their own, for good. */
const WITHOUT_PERSON: RowStatus[] = ['cancelled', 'undone'];

/** A large import that is cancelled half way has written 50,000. */
const LINES_AT_ONCE = 1_000;

/** What a step has written that was overtaken: its import was cancelled or undone before. */
export function createLatePeople({
  imports,
  rows,
  people,
  invitations,
}: Pick<Collections, 'imports' | 'rows' | 'people' | 'invitations'>) {
  async function removeSome(importId: string, lines: readonly number[]): Promise<void> {
    const ended = await rows
      .find({ _id: { $in: lines.map((line) => rowId(importId, line)) }, status: { $in: WITHOUT_PERSON } })
      .project<{ _id: string; row: number }>({ row: 1 })
      .toArray();
    if (ended.length === 0) return;
    const among = { importId, row: { $in: ended.map(({ row }) => row) } };
    await invitations.deleteMany({ ...among, generation: 1, attempts: 0, state: 'pending' });
    await people.deleteMany({ _id: { $in: ended.map(({ _id }) => _id) }, active: false });
    await countsChanged({ imports }, [importId]);
  }

  return {
    /** Removes the people that these lines have created after their end, and what was to be sent to them. Idempotent. */
    async remove(importId: string, lines: number[]): Promise<void> {
      for (const some of pagesOf(lines, LINES_AT_ONCE)) await removeSome(importId, some);
    },
  };
}
