import { groupBy } from '../../domain/group-by';
import { REPORT_HEADER, reportRecord } from '../../domain/exports/report';
import type { ReportOptions, ReportRow } from '../../domain/exports/report';
import { encodeText, SPREADSHEET_DIALECT, toCsvText } from '../../domain/exports/write-csv';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { Serialiser } from '../http/answers';
import { pagesOfRows, requireRows } from './staged-rows';

/** Yields the report of an import as one CSV file, a page of rows at a time. */
export async function* streamReport(
  store: ReportStore,
  importDoc: ImportDoc,
  serialiser: Serialiser,
): AsyncGenerator<Uint8Array> {
  requireRows(importDoc);
  yield* toCsv(
    reportPages(store, importDoc, await reportOptions(store, importDoc.organisationId, serialiser), serialiser),
  );
}

export type ReportStore = Pick<Store, 'rows' | 'invitations' | 'organisations'>;

/** Yields a CSV file for any spreadsheet program, a page at a time. The first page has the header. */
export async function* toCsv(pages: AsyncIterable<string[][]>): AsyncGenerator<Uint8Array> {
  let dialect = SPREADSHEET_DIALECT;
  for await (const page of pages) {
    yield encodeText(toCsvText(page, dialect), dialect);
    dialect = { ...SPREADSHEET_DIALECT, byteOrderMark: false };
  }
}

export async function reportOptions(
  { organisations }: Pick<Store, 'organisations'>,
  organisationId: string,
  serialiser: Serialiser,
): Promise<ReportOptions> {
  const teams = await organisations.teams(organisationId);
  return { teamNames: new Map(teams.map(({ id, name }) => [id, name])), masked: serialiser.masks };
}

/** Makes the cells of a report safe for who reads it. The last one has our sentences. */
export function reportSerialiser(serialiser: Serialiser): (record: string[]) => string[] {
  return (record) => [...record.slice(0, -1).map((cell) => serialiser.text(cell)), serialiser.sentence(record.at(-1)!)];
}

/** Yields the header of the report of an import, then its records, a page of rows at a time. */
export async function* reportPages(
  store: Pick<Store, 'rows' | 'invitations'>,
  importDoc: Pick<ImportDoc, '_id'>,
  options: ReportOptions,
  serialiser: Serialiser,
): AsyncGenerator<string[][]> {
  const serialise = reportSerialiser(serialiser);
  yield [[...REPORT_HEADER]];
  for await (const page of pagesOfRows(store, importDoc._id)) {
    const rows = await withInvitations(store, page);
    yield rows.map((row) => serialise(reportRecord(row, options)));
  }
}

async function withInvitations({ invitations }: Pick<Store, 'invitations'>, page: RowDoc[]): Promise<ReportRow[]> {
  const invitationsOfPage = await invitations.find({ importId: page[0]!.importId, rows: page.map(({ row }) => row) });
  const byRow = groupBy(invitationsOfPage, ({ row }) => row);
  return page.map((row) => ({ ...row, invitations: byRow.get(row.row) ?? [] }));
}
