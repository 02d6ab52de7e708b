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
import type { AppDeps } from '../app-deps';
import { serialiserFor } from '../http/answers';
import type { ImportService } from '../temporal/import-service';
import { streamReport } from '../downloads/report';
import { pagesOfRows } from '../downloads/staged-rows';

type AuditDeps = Pick<AppDeps, 'store' | 'service' | 'records'>;

/** What a provider was asked about. What has been found must be found again, so all tries ask about the same messages. */
interface Asked {
  until: number;
  /** Of the first try, where the time was not enough for all. */
  some?: Partial<Record<Channel, ReadonlySet<string>>>;
}

const MAX_TRIES = 3;
const RETRY_AFTER_MS = 500;
/** How long providers are asked. Twilio is asked about each number by itself, which takes minutes for 20,000 of them. */
const ASKED_FOR_MS = 20_000;

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
  const asked: Asked = { until: Date.now() + ASKED_FOR_MS };
  for (let tries = 1; ; tries++) {
    const invariants = await auditOnce({ ...deps, progress, asked }, (await deps.store.imports.find(importId))!);
    if (tries === MAX_TRIES || invariants.every(({ ok }) => ok !== false)) return invariants;
    await pause(RETRY_AFTER_MS);
  }
}

async function auditOnce(
  deps: AuditDeps & Pick<ImportService, 'progress'> & { asked: Asked },
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
        invitesBy: row.plan.personId === undefined && row.erased === undefined ? row.plan.channels : [],
      })),
    );
  }
  return rows;
}

async function snapshotInvitations(
  { store, records, asked }: AuditDeps & { asked: Asked },
  importId: string,
): Promise<Pick<ImportSnapshot, 'invitations' | 'unknown' | 'unfinished'>> {
  const all = await store.invitations.allGenerations(importId);
  const addressees = await store.people.addressees(all.map(({ personId }) => personId));
  const invitations: SnapshotInvitation[] = [];
  const unknown: string[] = [];
  const unfinished: Channel[] = [];
  for (const channel of CHANNELS) {
    const ofChannel = all.filter((invitation) => invitation.channel === channel);
    const messages = ofChannel.flatMap((invitation) => toMessage(invitation, addressees.get(invitation.personId)));
    const before = asked.some?.[channel];
    const wanted = before ? messages.filter(({ id }) => before.has(id)) : shuffled(messages);
    const accepted = await records[channel]?.(wanted, before ? undefined : asked.until).catch(() => undefined);
    if (accepted && messages.some(({ id }) => !accepted.has(id))) {
      unfinished.push(channel);
      asked.some = { ...asked.some, [channel]: before ?? new Set(accepted.keys()) };
    }
    // A removed person has no address to look up.
    const acceptedIds = ({ _id, personId }: InvitationDoc) =>
      accepted && addressees.has(personId) ? (accepted.get(_id) ?? null) : null;
    invitations.push(...ofChannel.map((doc) => ({ ...doc, id: doc._id, acceptedIds: acceptedIds(doc) })));
    const ids = new Set(ofChannel.map(({ _id }) => _id));
    unknown.push(...[...(accepted?.keys() ?? [])].filter((id) => !ids.has(id)));
  }
  return { invitations, unknown, unfinished };
}

/** By lot: the next audit of the import asks about others. */
const shuffled = (messages: readonly AuditedMessage[]): AuditedMessage[] =>
  messages
    .map((message) => ({ message, lot: Math.random() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ message }) => message);

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
