import { createHash } from 'node:crypto';
import { CHANNELS } from '../../contract/invitation';
import type { Failover } from '../../contract/sending/failover';
import { checkContextOf, checkRows, emailKeysOf } from '../../domain/checking/check-rows';
import type { CheckedRow } from '../../domain/checking/check-rows';
import { withTyped } from '../../domain/checking/row-edits';
import type { RowEdit, RowEdits } from '../../domain/checking/row-edits';
import { statusOfPlan } from '../../domain/checking/decide-row';
import { findSharedMobiles, mobilesOf } from '../../domain/checking/shared-mobiles';
import type { Table } from '../../domain/table';
import { whatIsLeftOf } from '../../domain/reading/what-is-left';
import { createTextChooser } from '../../domain/message-texts/choose-text';
import { DEFAULT_LANGUAGE } from '../../domain/message-texts/languages';
import { segmentsOf } from '../../domain/message-texts/sms-body';
import { rowId } from '../../store/documents';
import type { ImportDoc, OrganisationDoc, RowDoc } from '../../store/documents';
import type { BuiltPlan } from '../../store/imports/plans';
import type { ActivityDeps } from '../deps';
import { findEarlierRows } from './earlier-files';
import { readUpload } from './read-upload';
import type { PlanDeps } from './read-upload';

/** As long as the token of a link, and of its letters: a segment counts no more. */
const TOKEN_LIKE = 'A'.repeat(16);

/**
 * Reads the file and decides about each row against the organisation's current data. Writes nothing. `edits` stand in place of what was
 * typed and put aside by hand before.
 */
export async function buildPlan(
  deps: PlanDeps,
  importDoc: ImportDoc,
  edits?: RowEdits,
): Promise<BuiltPlan & { organisation: OrganisationDoc | null }> {
  const { store, settings } = deps;
  const [bytes, organisation, edited] = await Promise.all([
    store.uploads.read(importDoc._id, importDoc),
    store.organisations.find(importDoc.organisationId),
    // Nobody has seen the rows of a file that is planned for the first time.
    edits ?? (importDoc.plannedAt ? store.rows.edits(importDoc._id) : new Map<number, RowEdit>()),
  ]);
  const reading = await readUpload(deps, importDoc, bytes, organisation);
  if (!reading.ok) return { rows: [], ofFile: { columns: [], layout: null, ...whatIsLeftOf(reading) }, organisation };

  const table = withTyped(reading.table, edited, importDoc.kind);
  const ignored = new Set([...edited].flatMap(([line, edit]) => (edit.ignored ? [line] : [])));
  const [checked, corrected] = await Promise.all([
    checkTable(deps, importDoc, table, { organisation, ignored }),
    findCorrected(store, importDoc, table),
  ]);
  const shared = await sharedMobilesIn(store, importDoc, table, checked);
  const texts = createTextChooser(
    organisation?.language ?? DEFAULT_LANGUAGE,
    organisation ? await store.messageTexts.current(organisation) : new Map(),
  );
  const rows = shared.rows.map((row, i) =>
    stageRow(importDoc, row, { ...table.rows[i]!, ...edited.get(row.line) }, corrected, (person) =>
      segmentsOf(
        {
          firstName: person.firstName,
          lastName: person.lastName,
          organisation: organisation?.name ?? '',
          link: `${settings.invitationUrl}${TOKEN_LIKE}`,
        },
        texts.sms(person.language),
      ),
    ),
  );
  const failover = failoverOf(organisation);
  return {
    rows,
    organisation,
    ofFile: {
      columns: table.columns,
      layout: table.layout,
      fileProblems: [...table.warnings, ...shared.warnings],
      questions: [...(table.questions ?? []), ...shared.questions],
      planHash: hashPlan(rows, failover),
      ...(failover && { failover }),
      ...(corrected && { corrects: corrected.corrects }),
    },
  };
}

/** As it is now: an import keeps it, since what it sends when is part of what was approved. */
const failoverOf = (organisation: OrganisationDoc | null): Failover | null =>
  organisation && CHANNELS.every((channel) => organisation.channels.includes(channel)) ? organisation.failover : null;

async function checkTable(
  deps: PlanDeps,
  importDoc: ImportDoc,
  table: Table,
  { organisation, ignored }: { organisation: OrganisationDoc | null; ignored: ReadonlySet<number> },
): Promise<CheckedRow[]> {
  const { organisations, people } = deps.store;
  const [teams, known, earlierInBatch] = await Promise.all([
    organisations.teams(importDoc.organisationId),
    people.findByEmail(importDoc.organisationId, emailKeysOf(table)),
    findEarlierRows(deps, importDoc, table, organisation),
  ]);
  // The first staff member of a team is made together with the import that invites them: to that import they are new.
  const others = new Map([...known].filter(([, { importId }]) => importId !== importDoc._id));
  return checkRows(table, {
    ...checkContextOf(importDoc, organisation, { teams, known: others, ...(earlierInBatch && { earlierInBatch }) }),
    ignored,
  });
}

/** Looks for people who share a mobile, also with others of the organisation. */
async function sharedMobilesIn(
  { people }: ActivityDeps['store'],
  { _id: importId, organisationId, kind, options }: ImportDoc,
  table: Table,
  checked: CheckedRow[],
): Promise<ReturnType<typeof findSharedMobiles>> {
  const named = checked.flatMap(({ person, plan }) => (person && plan.personId !== undefined ? [plan.personId] : []));
  const elsewhere = await people.countByMobile(organisationId, mobilesOf(checked), { importId, ids: named });
  return findSharedMobiles(checked, table, { kind, elsewhere, sharedMobiles: options.sharedMobiles ?? null });
}

interface Corrected {
  corrects: NonNullable<ImportDoc['corrects']>;
  /** The line of the first file, by line of the corrected file. */
  origins: Map<number, number>;
}

/** Finds the import whose failed rows this file corrects. It must be of the same organisation and kind. */
async function findCorrected(
  store: ActivityDeps['store'],
  importDoc: ImportDoc,
  table: Table,
): Promise<Corrected | undefined> {
  if (table.corrects === undefined || table.corrects === importDoc._id) return undefined;
  const parent = await store.imports.findIn(importDoc.organisationId, table.corrects);
  if (!parent || parent.kind !== importDoc.kind) return undefined;
  const lines = table.rows.flatMap(({ correctedLine }) => (correctedLine === undefined ? [] : [correctedLine]));
  return {
    corrects: { importId: parent._id, rootId: parent.corrects?.rootId ?? parent._id },
    origins: await store.lineage.origins(parent._id, lines),
  };
}

function stageRow(
  { _id: importId, organisationId }: ImportDoc,
  { line, person, plan, problems, repairs }: CheckedRow,
  { cells, correctedLine, typed, ignored }: Table['rows'][number] & RowEdit,
  corrected: Corrected | undefined,
  segmentsFor: (person: NonNullable<RowDoc['person']>) => number,
): RowDoc {
  const origin = correctedLine === undefined ? undefined : corrected?.origins.get(correctedLine);
  return {
    _id: rowId(importId, line),
    organisationId,
    importId,
    row: line,
    status: statusOfPlan(plan),
    person,
    ...(!person && { cells }),
    plan,
    ...(person && plan.channels.includes('sms') && { smsSegments: segmentsFor(person) }),
    problems,
    repairs,
    ...(origin !== undefined && { origin }),
    ...(typed && { typed }),
    ...(ignored && { ignored }),
  };
}

/**
 * Hashes the decisions: per row the action, the person, the values, the messages and their cost; what was typed, even where it
 * changes no decision, so that no one overwrites what they have not seen; and the channel that is tried first.
 */
function hashPlan(rows: RowDoc[], failover: Failover | null): string {
  const decisions = rows.map(({ row, status, plan: { action, personId, changes, channels }, person, ...others }) => [
    row,
    action,
    personId ?? null,
    changes ?? null,
    channels,
    // The values of people who stay as they are do not matter.
    status === 'pending' || status === 'waiting' ? person : null,
    others.smsSegments ?? 0,
    ...(others.typed ? [others.typed] : []),
    ...(others.ignored ? [others.ignored.reason] : []),
  ]);
  const plan = failover ? [...decisions, failover] : decisions;
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}
