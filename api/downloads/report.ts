import { REPORT_HEADER, reportRecord } from '../../domain/exports/report';
import type { ReportOptions, ReportRow } from '../../domain/exports/report';
import { encodeText, SPREADSHEET_DIALECT, toCsvText } from '../../domain/exports/write-csv';
import type { ImportDoc, InvitationDoc, RowDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { Serialiser } from '../http/answers';
import { pagesOfRows, requireRows } from './staged-rows';

/** Yields the report of an import as one CSV file, a page of rows at a time. */
export async function* streamReport(
  store: Pick<Store, 'rows' | 'invitations' | 'organisations'>,
  importDoc: ImportDoc,
  serialiser: Serialiser,
): AsyncGenerator<Uint8Array> {
  requireRows(importDoc);
  const teams = await store.organisations.teams(importDoc.organisationId);
  const options: ReportOptions = {
    teamNames: new Map(teams.map(({ id, name }) => [id, name])),
    masked: serialiser.masks,
  };
  // The last cell has our sentences.
  const serialise = (record: string[]) => [
    ...record.slice(0, -1).map((cell) => serialiser.text(cell)),
    serialiser.sentence(record.at(-1)!),
  ];
  yield encodeText(toCsvText([REPORT_HEADER], SPREADSHEET_DIALECT), SPREADSHEET_DIALECT);
  for await (const page of pagesOfRows(store, importDoc._id)) {
    const rows = await withInvitations(store, page);
    const lines = toCsvText(
      rows.map((row) => serialise(reportRecord(row, options))),
      SPREADSHEET_DIALECT,
    );
    yield encodeText(lines, { ...SPREADSHEET_DIALECT, byteOrderMark: false });
  }
}

async function withInvitations({ invitations }: Pick<Store, 'invitations'>, page: RowDoc[]): Promise<ReportRow[]> {
  const invitationsOfPage = await invitations.find({ importId: page[0]!.importId, rows: page.map(({ row }) => row) });
  const byRow = new Map<number, InvitationDoc[]>();
  for (const invitation of invitationsOfPage)
    byRow.set(invitation.row, [...(byRow.get(invitation.row) ?? []), invitation]);
  return page.map((row) => ({ ...row, invitations: byRow.get(row.row) ?? [] }));
}
