import type { Outcomes } from '../contract/import';
import type { CellProblem } from '../contract/problem';
import { parseRowSet } from '../contract/row-set';
import type { RowSet } from '../contract/row-set';
import { knownOf } from '../domain/check-rows';
import type { EmailUse } from '../domain/check-rows';
import { clientIdOf } from '../store/documents';
import type { ImportDoc, RowDoc } from '../store/documents';
import { startAge } from './age';
import { isChecked, stageInvitations } from './begun-rows';
import type { CheckedRowDoc } from './begun-rows';
import type { ActivityDeps } from './deps';
import { claimTooOld } from './failures';
import { withHeartbeat } from './heartbeat';

/** A heartbeat is missed after 5 s, and then another worker takes over. */
const FENCE_MS = 4_000;

/**
 * Creates the clients of a chunk and their invitations. The order of the writes is what makes it safe to run again: a row
 * leaves `pending` last, and until then every earlier write of it is repeated without effect.
 */
export function createCreateClients({ store }: Pick<ActivityDeps, 'store'>) {
  return ({ importId, rows }: { importId: string; rows: RowSet }): Promise<Outcomes> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      const [pending] = await Promise.all([
        store.rows.pending(importId, lines),
        store.imports.advance(importId, 'creating'),
      ]);
      const checked = pending.filter(isChecked);
      if (checked.length > 0) await create(importId, checked);
      const [rowOutcomes, invitations] = await Promise.all([
        store.rows.outcomes(importId, lines),
        store.invitations.outcomes({ importId, rows: lines }),
      ]);
      return { rows: rowOutcomes, invitations };
    });

  async function create(importId: string, checked: CheckedRowDoc[]): Promise<void> {
    const age = startAge();
    const organisationId = checked[0]!.organisationId;
    const taken = await store.clients.create(
      organisationId,
      checked.map(({ row, client }) => ({ ...client, _id: clientIdOf(importId, row), organisationId, importId, row })),
    );
    const useOf = (row: RowDoc): EmailUse | undefined => taken.get(clientIdOf(importId, row.row));
    const created = checked.filter((row) => !useOf(row));
    const emailColumn = taken.size > 0 ? await emailColumnOf(importId) : undefined;
    // A process that was frozen until here must not go on: its import may have been cancelled and closed since.
    if (age() > FENCE_MS) throw claimTooOld();
    await stageInvitations(store, created);
    await Promise.all([
      store.rows.finish(
        importId,
        created.map(({ row }) => row),
        'created',
      ),
      store.rows.reject(
        importId,
        checked.flatMap((row) => {
          const use = useOf(row);
          return use ? [{ row: row.row, problem: alreadyUsed(row, use, emailColumn) }] : [];
        }),
      ),
    ]);
  }

  async function emailColumnOf(importId: string) {
    const found = await store.imports.find(importId);
    return found?.columns.find(({ key }) => key === 'email');
  }
}

/** The plan saw the address free; another file took it in between. */
const alreadyUsed = (
  row: CheckedRowDoc,
  use: EmailUse,
  column: ImportDoc['columns'][number] | undefined,
): CellProblem => ({
  code: 'email.already-used',
  column: column?.header ?? null,
  letter: column?.letter ?? null,
  value: row.client.email,
  details: knownOf(use),
});
