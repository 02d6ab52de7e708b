import { parse } from 'csv-parse/sync';
import { setTimeout as pause } from 'node:timers/promises';
import { isResting } from '../../contract/import-status';
import type { ImportProgress } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import { emptyProgress } from '../../contract/progress';
import type { RowStatus } from '../../contract/row';
import { checkInvariants } from '../../domain/audit/check-invariants';
import type { ImportSnapshot, Invariant, SnapshotInvitation, SnapshotRow } from '../../domain/audit/snapshot';
import type { AuditedMessage } from '../../providers/sender';
import { personIdFor } from '../../store/documents';
import type { ImportDoc, InvitationDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { ImportService } from '../temporal/import-service';
import { reportOf } from '../downloads/report';
import { pagesOfRows } from '../downloads/staged-rows';

/** Asks the providers what they hold: by the id of each message, their ids of it. Absent where a provider cannot tell. */
export type ProviderRecords = Partial<
  Record<Channel, (messages: readonly AuditedMessage[]) => Promise<Map<string, string[]>>>
>;

export interface AuditDeps {
  store: Store;
  service: Pick<ImportService, 'progress'>;
  records: ProviderRecords;
}

const TRIES = 3;
const AGAIN_AFTER_MS = 500;

/**
 * Compares all that is known of an import: its rows, its ledger, the providers' records, the workflow and the report. They
 * are read one after the other while reports of delivery come in, so what differs is looked at again before it counts.
 */
export async function auditImport(deps: AuditDeps, importId: string): Promise<Invariant[]> {
  for (let tries = 1; ; tries++) {
    const invariants = await auditOnce(deps, (await deps.store.imports.find(importId))!);
    if (tries === TRIES || invariants.every(({ ok }) => ok !== false)) return invariants;
    await pause(AGAIN_AFTER_MS);
  }
}

async function auditOnce(deps: AuditDeps, importDoc: ImportDoc): Promise<Invariant[]> {
  const { store, service } = deps;
  const [rows, ledger, api, query] = await Promise.all([
    rowBooks(store, importDoc._id),
    invitationBooks(deps, importDoc._id),
    store.progress.of(importDoc),
    service.progress(importDoc._id),
  ]);
  const isAtRest = isResting(api.status) && !['paused', 'awaiting-approval', 'failed'].includes(api.status);
  return checkInvariants({ isAtRest, rows, ...ledger, api, query, report: await countReport(store, importDoc) });
}

async function rowBooks(store: Store, importId: string): Promise<SnapshotRow[]> {
  const books: SnapshotRow[] = [];
  for await (const page of pagesOfRows(store, importId)) {
    const present = await store.people.present(page.map(personIdFor));
    books.push(...page.map((row) => ({ row: row.row, status: row.status, hasPerson: present.has(personIdFor(row)) })));
  }
  return books;
}

async function invitationBooks(
  { store, records }: AuditDeps,
  importId: string,
): Promise<Pick<ImportSnapshot, 'invitations' | 'unknown'>> {
  const all = await store.invitations.allGenerations(importId);
  const addressees = await store.people.addressees(all.map(({ personId }) => personId));
  const invitations: SnapshotInvitation[] = [];
  const unknown: string[] = [];
  for (const channel of CHANNELS) {
    const ofChannel = all.filter((one) => one.channel === channel);
    const messages = ofChannel.flatMap((one) => toMessage(one, addressees.get(one.personId)));
    const held = await records[channel]?.(messages).catch(() => undefined);
    // Whoever was removed has no address to be asked about.
    const heldFor = ({ _id, personId }: InvitationDoc) =>
      held && addressees.has(personId) ? (held.get(_id) ?? []) : null;
    invitations.push(...ofChannel.map((one) => ({ ...one, id: one._id, acceptedIds: heldFor(one) })));
    const known = new Set(ofChannel.map(({ _id }) => _id));
    unknown.push(...[...(held?.keys() ?? [])].filter((id) => !known.has(id)));
  }
  return { invitations, unknown };
}

/** What a provider needs to know to find it again; what it says does not matter. */
function toMessage(
  { _id, channel, token, providerId }: InvitationDoc,
  person: { email: string; mobile: string } | undefined,
): AuditedMessage[] {
  if (!person) return [];
  const to = channel === 'email' ? person.email : person.mobile;
  const known = { id: _id, token, to, firstName: '', organisationName: '', link: token };
  return [{ ...known, ...(providerId !== undefined && { providerId }) }];
}

/** Reads the report as whoever downloads it does. */
async function countReport(store: Store, importDoc: ImportDoc): Promise<ImportProgress> {
  const counts = emptyProgress(importDoc._id, importDoc.status);
  if (!importDoc.plannedAt || importDoc.status === 'failed') return counts;
  const pieces: Uint8Array[] = [];
  for await (const piece of reportOf(store, importDoc, 'support')) pieces.push(piece);
  const lines: string[][] = parse(Buffer.concat(pieces), { bom: true, from_line: 2 });
  for (const [, status, , , , , , , email, sms] of lines) {
    counts.rows[status as RowStatus] += 1;
    if (email) counts.invitations.email[email as InvitationState] += 1;
    if (sms) counts.invitations.sms[sms as InvitationState] += 1;
  }
  return counts;
}
