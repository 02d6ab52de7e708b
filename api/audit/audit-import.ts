import { parse } from 'csv-parse/sync';
import { setTimeout as pause } from 'node:timers/promises';
import { isResting } from '../../contract/import-status';
import type { ImportProgress } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { InvitationState } from '../../contract/invitation';
import { emptyProgress } from '../../contract/progress';
import type { RowStatus } from '../../contract/row';
import { checkInvariants } from '../../domain/audit/check-invariants';
import type { ImportSnapshot, Invariant, SnapshotInvitation, SnapshotRow } from '../../domain/audit/snapshot';
import type { AuditedMessage } from '../../providers/sender';
import { personIdFor } from '../../store/documents';
import type { ImportDoc, InvitationDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { AppDeps } from '../app-deps';
import { serialiserFor } from '../http/answers';
import type { ImportService } from '../temporal/import-service';
import { streamReport } from '../downloads/report';
import { pagesOfRows } from '../downloads/staged-rows';

type AuditDeps = Pick<AppDeps, 'store' | 'service' | 'records'>;

const MAX_TRIES = 3;
const RETRY_AFTER_MS = 500;

/**
 * Compares the rows, the ledger, the providers' records, the workflow and the report of an import. Delivery reports may
 * arrive between these reads, so a violation counts only if it persists.
 */
export async function auditImport(deps: AuditDeps, importId: string): Promise<Invariant[]> {
  // A workflow that does not answer is waited for once.
  let isMute = false;
  const progress: typeof deps.service.progress = async (id) => {
    const counts = isMute ? null : await deps.service.progress(id);
    isMute = counts === null;
    return counts;
  };
  for (let tries = 1; ; tries++) {
    const invariants = await auditOnce({ ...deps, progress }, (await deps.store.imports.find(importId))!);
    if (tries === MAX_TRIES || invariants.every(({ ok }) => ok !== false)) return invariants;
    await pause(RETRY_AFTER_MS);
  }
}

async function auditOnce(
  deps: AuditDeps & Pick<ImportService, 'progress'>,
  importDoc: ImportDoc,
): Promise<Invariant[]> {
  const { store, progress } = deps;
  const [rows, ledger, api, query] = await Promise.all([
    snapshotRows(store, importDoc._id),
    snapshotInvitations(deps, importDoc._id),
    store.progress.of(importDoc),
    progress(importDoc._id),
  ]);
  const isAtRest =
    isResting(api.status) && !['paused', 'awaiting-approval', 'scheduled', 'failed'].includes(api.status);
  const unlisted = CHANNELS.filter((channel) => !deps.records[channel]);
  const report = await countReport(store, importDoc);
  return checkInvariants({ isAtRest, rows, ...ledger, unlisted, api, query, report });
}

async function snapshotRows(store: Store, importId: string): Promise<SnapshotRow[]> {
  const rows: SnapshotRow[] = [];
  for await (const page of pagesOfRows(store, importId)) {
    const present = await store.people.present(page.map(personIdFor));
    rows.push(
      ...page.map((row) => ({
        row: row.row,
        status: row.status,
        hasPerson: present.has(personIdFor(row)) || row.erased !== undefined,
      })),
    );
  }
  return rows;
}

async function snapshotInvitations(
  { store, records }: AuditDeps,
  importId: string,
): Promise<Pick<ImportSnapshot, 'invitations' | 'unknown'>> {
  const all = await store.invitations.allGenerations(importId);
  const addressees = await store.people.addressees(all.map(({ personId }) => personId));
  const invitations: SnapshotInvitation[] = [];
  const unknown: string[] = [];
  for (const channel of CHANNELS) {
    const ofChannel = all.filter((invitation) => invitation.channel === channel);
    const messages = ofChannel.flatMap((invitation) => toMessage(invitation, addressees.get(invitation.personId)));
    const accepted = await records[channel]?.(messages).catch(() => undefined);
    // A removed person has no address to look up.
    const acceptedIds = ({ _id, personId }: InvitationDoc) =>
      accepted && addressees.has(personId) ? (accepted.get(_id) ?? []) : null;
    invitations.push(...ofChannel.map((doc) => ({ ...doc, id: doc._id, acceptedIds: acceptedIds(doc) })));
    const ids = new Set(ofChannel.map(({ _id }) => _id));
    unknown.push(...[...(accepted?.keys() ?? [])].filter((id) => !ids.has(id)));
  }
  return { invitations, unknown };
}

/** The fields by which a provider finds a message; its text does not matter. */
function toMessage(
  { _id, channel, token, providerId }: InvitationDoc,
  person: { email: string; mobile: string } | undefined,
): AuditedMessage[] {
  if (!person) return [];
  const to = channel === 'email' ? person.email : person.mobile;
  const message = { id: _id, token, to, firstName: '', organisationName: '', link: token };
  return [{ ...message, ...(providerId !== undefined && { providerId }) }];
}

/** Counts the rows and invitations of the report as downloaded. */
async function countReport(store: Store, importDoc: ImportDoc): Promise<ImportProgress> {
  const { _id: importId, status, plannedAt, planHash, questions = [], expired } = importDoc;
  const counts = emptyProgress(importId, status);
  // Nor has a file a report that cannot be read before somebody chooses how.
  if (!plannedAt || status === 'failed' || (planHash === undefined && questions.length > 0)) return counts;
  // Nor can it be downloaded once its rows have expired.
  if (expired === 'rows') return store.progress.of(importDoc);
  // Each part has whole lines, and the first one all of the header: no more than a part is held.
  let isHeader = true;
  for await (const part of streamReport(store, importDoc, serialiserFor('support'))) {
    const lines: string[][] = isHeader ? [] : parse(Buffer.from(part));
    isHeader = false;
    for (const [, ofRow, , , , , , , email, sms] of lines) {
      counts.rows[ofRow as RowStatus] += 1;
      if (email) counts.invitations.email[email as InvitationState] += 1;
      if (sms) counts.invitations.sms[sms as InvitationState] += 1;
    }
  }
  return counts;
}
