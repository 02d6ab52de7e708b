import type { InvitationDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { finishStaged } from './stage-invitations';
import type { CheckedRowDoc } from './stage-invitations';

/** Rows that are worth a write of their own while messages are on their way. A file of 500 has two of them at most. */
const ROWS_AT_ONCE = 200;

/** Finishes rows while others still wait for their invitations to be stored, so that the last answer is followed by few writes. */
export interface RowFinisher {
  /** Invitations that are stored, each named once. */
  stored: (invitations: readonly InvitationDoc[]) => void;
  /** Finishes all rows that are left: call it once all their invitations are stored. Throws what an earlier write has thrown. */
  finishAll: () => Promise<void>;
}

/** Of these rows, with all invitations that each of them gets. */
export function createRowFinisher(
  store: ActivityDeps['store'],
  importId: string,
  rows: readonly CheckedRowDoc[],
  invitations: readonly InvitationDoc[],
): RowFinisher {
  const unfinished = new Map(rows.map((row) => [row.row, row]));
  const missing = new Map<number, number>();
  for (const { row } of invitations) missing.set(row, (missing.get(row) ?? 0) + 1);
  let ready: CheckedRowDoc[] = [];
  let writing = Promise.resolve();

  function finishReady(): void {
    const these = ready;
    ready = [];
    for (const { row } of these) unfinished.delete(row);
    writing = writing.then(() => finishStaged(store, importId, these));
    // `finishAll` throws it.
    writing.catch(() => undefined);
  }

  return {
    stored(those) {
      for (const { row, state } of those) {
        // It is sent again, with what was read of its person: nobody may correct the row before.
        if (state === 'pending') continue;
        const left = missing.get(row)! - 1;
        missing.set(row, left);
        if (left === 0) ready.push(unfinished.get(row)!);
      }
      if (ready.length >= ROWS_AT_ONCE) finishReady();
    },
    async finishAll() {
      ready = [...unfinished.values()];
      finishReady();
      await writing;
    },
  };
}
