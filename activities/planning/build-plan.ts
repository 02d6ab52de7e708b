import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { CHANNELS } from '../../contract/invitation';
import type { Failover } from '../../contract/sending/failover';
import type { CheckedRow } from '../../domain/checking/check-rows';
import { withTyped } from '../../domain/checking/row-edits';
import type { RowEdit, RowEdits } from '../../domain/checking/row-edits';
import { statusOfPlan } from '../../domain/checking/decide-row';
import { isHeld, ListBuilder, pagesOf } from '../../domain/long-list';
import type { PersonValues } from '../../domain/person';
import type { Table, TableRow } from '../../domain/table';
import { whatIsLeftOf } from '../../domain/reading/what-is-left';
import { createTextChooser } from '../../domain/message-texts/choose-text';
import { DEFAULT_LANGUAGE } from '../../domain/message-texts/languages';
import { segmentsOf } from '../../domain/message-texts/sms-body';
import { rowId } from '../../store/documents';
import type { ImportDoc, OrganisationDoc, RowDoc } from '../../store/documents';
import type { BuiltPlan } from '../../store/plans/plans';
import type { ActivityDeps } from '../deps';
import { checkTable, pageSizeFor, ROWS_A_PAGE } from './check-table';
import { readUpload } from './read-upload';
import type { PlanDeps } from './read-upload';

/** As long as the token of a link, and of its letters: a segment counts no more. */
const TOKEN_LIKE = 'A'.repeat(16);

export interface BuildOptions {
  /** Stand in place of what was typed and put aside by hand before. */
  edits?: RowEdits;
  /** Rows that are held as objects, if not as many as usual. */
  mostHeld?: number;
  /** Is waited for between the pages of a long file, and ends the planning by what it throws. */
  betweenPages?: () => Promise<void>;
  /** A long file is read, and its rows are not checked: they would hold up whoever waits for an answer. */
  unlessLong?: boolean;
}

export type Built = BuiltPlan & { organisation: OrganisationDoc | null; isLong?: true };

/**
 * Reads the file and decides about each row against the organisation's current data. Writes nothing. A long file is gone through page by
 * page, and its rows come packed.
 */
export async function buildPlan(
  deps: PlanDeps,
  importDoc: ImportDoc,
  { edits, mostHeld, betweenPages, unlessLong = false }: BuildOptions = {},
): Promise<Built> {
  const { store } = deps;
  const [bytes, organisation, edited] = await Promise.all([
    store.uploads.read(importDoc._id, importDoc),
    store.organisations.find(importDoc.organisationId),
    // Nobody has seen the rows of a file that is planned for the first time.
    edits ?? (importDoc.plannedAt ? store.rows.edits(importDoc._id) : new Map<number, RowEdit>()),
  ]);
  const reading = await readUpload(deps, importDoc, bytes, organisation, mostHeld);
  if (!reading.ok) return { rows: [], ofFile: { columns: [], layout: null, ...whatIsLeftOf(reading) }, organisation };

  const table = withTyped(reading.table, edited, importDoc.kind);
  const { columns, layout, warnings, questions = [] } = table;
  if (unlessLong && !isHeld(table.rows))
    return { rows: [], isLong: true, ofFile: { columns, layout, fileProblems: warnings, questions }, organisation };
  const ignored = new Set([...edited].flatMap(([line, edit]) => (edit.ignored ? [line] : [])));
  const [checked, corrected] = await Promise.all([
    checkTable(deps, importDoc, table, { organisation, ignored, mostHeld, betweenPages }),
    findCorrected(store, importDoc, table),
  ]);
  const segmentsFor = await segmentCounter(deps, organisation);
  const rows = new ListBuilder<RowDoc>(mostHeld);
  const hash = new PlanHash();
  const size = pageSizeFor(table.rows, mostHeld);
  const pages = pagesOf(checked.rows, size);
  for (const page of pagesOf(table.rows, size)) {
    const checkedPage = pages.next().value as readonly CheckedRow[];
    const staged = page.map((row, i) => {
      const marked = checked.shared.mark(checkedPage[i]!, row.cells.mobile ?? '');
      return stageRow(importDoc, marked, { ...row, ...edited.get(row.line) }, corrected, segmentsFor);
    });
    for (const row of staged) rows.push(row);
    hash.add(staged);
    if (size < table.rows.length) await turn();
  }
  const shared = checked.shared.findings();
  const failover = failoverOf(organisation);
  return {
    rows: rows.list(),
    organisation,
    ofFile: {
      columns,
      layout,
      fileProblems: [...warnings, ...shared.warnings],
      questions: [...questions, ...shared.questions],
      planHash: hash.digest(failover),
      rowCount: table.rows.length,
      ...(failover && { failover }),
      ...(corrected && { corrects: corrected.corrects }),
    },
  };
}

/** Counts the segments of the SMS that a person would get. */
async function segmentCounter(
  { store, settings }: PlanDeps,
  organisation: OrganisationDoc | null,
): Promise<(person: PersonValues) => number> {
  const texts = createTextChooser(
    organisation?.language ?? DEFAULT_LANGUAGE,
    organisation ? await store.messageTexts.current(organisation) : new Map(),
  );
  return ({ firstName, lastName, language }) =>
    segmentsOf(
      {
        ...{ firstName, lastName, organisation: organisation?.name ?? '' },
        link: `${settings.invitationUrl}${TOKEN_LIKE}`,
      },
      texts.sms(language),
    );
}

/** As it is now: an import keeps it, since what it sends when is part of what was approved. */
const failoverOf = (organisation: OrganisationDoc | null): Failover | null =>
  organisation && CHANNELS.every((channel) => organisation.channels.includes(channel)) ? organisation.failover : null;

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
  const origins = new Map<number, number>();
  for (const page of pagesOf(table.rows, ROWS_A_PAGE)) {
    const lines = page.flatMap(({ correctedLine }) => (correctedLine === undefined ? [] : [correctedLine]));
    for (const [line, origin] of await store.lineage.origins(parent._id, lines)) origins.set(line, origin);
  }
  return { corrects: { importId: parent._id, rootId: parent.corrects?.rootId ?? parent._id }, origins };
}

function stageRow(
  { _id: importId, organisationId }: ImportDoc,
  { line, person, plan, problems, repairs }: CheckedRow,
  { cells, correctedLine, typed, ignored }: TableRow & RowEdit,
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
 * Hash of the decisions: per row the action, the person, the values, the messages and their cost; and what was typed, even where it
 * changes no decision, so that no one overwrites what they have not seen; and the channel that is tried first. Rows are added in their
 * order.
 */
class PlanHash {
  private readonly hash = createHash('sha256');
  private isEmpty = true;

  add(rows: readonly RowDoc[]): void {
    if (rows.length === 0) return;
    this.hash.update(this.isEmpty ? '[' : ',').update(JSON.stringify(rows.map(decisionOf)).slice(1, -1));
    this.isEmpty = false;
  }

  digest(failover: Failover | null): string {
    const rest = failover ? `${this.isEmpty ? '' : ','}${JSON.stringify(failover)}` : '';
    return this.hash.update(`${this.isEmpty ? '[' : ''}${rest}]`).digest('hex');
  }
}

const decisionOf = ({ row, status, plan: { action, personId, changes, channels }, person, ...others }: RowDoc) => [
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
];
