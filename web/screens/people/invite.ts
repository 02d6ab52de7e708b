import type { Schemas } from '../../../client';
import { isFinal } from '../../../contract/import-status';
import { answerOf, api } from '../../api/api';
import type { PersonCells, Role } from '../../components/person-fields';
import { errorsOf, loadImport, loadRows } from '../import/model';
import type { Problem } from '../import/model';
import type { Kind } from './model';

/** Between two looks at the import, in milliseconds, and until it is left alone. */
const LOOK_EVERY_MS = 300;
const LOOK_FOR_MS = 20_000;

export interface Invitee {
  cells: PersonCells;
  role: Role;
  /** By name; a client has one at most. */
  teams: string[];
}

export type Outcome =
  | { kind: 'invited' | 'waits' }
  | { kind: 'refused'; problems: Problem[] }
  /** It goes on without being watched, or it asks something. */
  | { kind: 'open'; importId: string };

/** Invites one person as an import of one row, and waits for what becomes of the row. The same key invites once. */
export async function invite(kind: Kind, { cells, role, teams }: Invitee, idempotencyKey: string): Promise<Outcome> {
  const headers = { 'idempotency-key': idempotencyKey };
  const [team] = teams;
  const { imports }: Schemas['AcceptedUpload'] = await answerOf(
    kind === 'client'
      ? api.POST('/v1/clients', {
          params: { header: headers },
          body: { ...cells, ...(team !== undefined && { team }) },
        })
      : api.POST('/v1/staff', { params: { header: headers }, body: { ...cells, role, teams } }),
  );
  return watch(imports[0]!.id);
}

async function watch(importId: string): Promise<Outcome> {
  const end = Date.now() + LOOK_FOR_MS;
  while (Date.now() < end) {
    const { status, lines, rows, problems } = await loadImport(importId);
    if (status === 'failed') return { kind: 'refused', problems };
    if (status === 'awaiting-approval') return { kind: 'open', importId };
    if (lines > 0 && rows.rejected > 0)
      return { kind: 'refused', problems: (await loadRows(importId)).flatMap(errorsOf) };
    if (lines > 0 && rows.waiting > 0) return { kind: 'waits' };
    if (lines > 0 && (rows.pending === 0 || isFinal(status) || status === 'needs-attention'))
      return { kind: 'invited' };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { kind: 'open', importId };
}
