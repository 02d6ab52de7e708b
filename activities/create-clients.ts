import type { Outcomes } from '../contract/import';
import { CHANNELS } from '../contract/invitation';
import type { Channel } from '../contract/invitation';
import type { CellProblem } from '../contract/problem';
import { parseRowSet } from '../contract/row-set';
import type { RowSet } from '../contract/row-set';
import { knownOf } from '../domain/check-rows';
import type { ClientValues, EmailUse } from '../domain/check-rows';
import { clientIdOf, invitationId } from '../store/documents';
import type { ImportDoc, InvitationDoc, RowDoc } from '../store/documents';
import { createInvitationToken } from '../store/index';
import { startAge } from './age';
import type { ActivityDeps } from './deps';
import { claimTooOld } from './failures';
import { withHeartbeat } from './heartbeat';

/** A heartbeat is missed after 5 s, and then another worker takes over. */
const FENCE_MS = 4_000;

type CheckedRowDoc = RowDoc & { client: ClientValues };

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

/** Rows whose client was created when their step was interrupted: they count as created, and their books are complete. */
export async function finishBegun(store: ActivityDeps['store'], importId: string): Promise<void> {
  const pending = (await store.rows.allPending(importId)).filter(isChecked);
  const existing = await store.clients.existing(pending.map(({ row }) => clientIdOf(importId, row)));
  const begun = pending.filter(({ row }) => existing.has(clientIdOf(importId, row)));
  await stageInvitations(store, begun);
  await store.rows.finish(
    importId,
    begun.map(({ row }) => row),
    'created',
  );
}

const isChecked = (row: RowDoc): row is CheckedRowDoc => row.client !== null;

const stageInvitations = (store: ActivityDeps['store'], rows: CheckedRowDoc[]): Promise<void> =>
  store.invitations.stage(rows.flatMap((row) => CHANNELS.map((channel) => firstInvitation(row, channel))));

/** No SMS goes to a landline: that invitation is there, so that the books are complete, but never sent. */
function firstInvitation(row: CheckedRowDoc, channel: Channel): InvitationDoc {
  const { importId, organisationId } = row;
  const toLandline = channel === 'sms' && row.client.mobileType === 'fixed-line';
  return {
    _id: invitationId(importId, row.row, channel, 1),
    organisationId,
    importId,
    row: row.row,
    channel,
    generation: 1,
    superseded: false,
    clientId: clientIdOf(importId, row.row),
    token: createInvitationToken(),
    ...(toLandline ? { state: 'suppressed', code: 'mobile.landline' } : { state: 'pending' }),
    attempts: 0,
    changedAt: new Date(),
  };
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
