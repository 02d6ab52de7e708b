import type { ImportPlan } from '../contract/import';
import { checkRows, emailKeysOf } from '../domain/check-rows';
import type { CheckedRow } from '../domain/check-rows';
import { readTable } from '../domain/read-table';
import type { Table } from '../domain/read-table';
import { rowId } from '../store/documents';
import type { ImportDoc, RowDoc } from '../store/documents';
import type { ActivityDeps } from './deps';
import { importNotFound } from './failures';
import { withHeartbeat } from './heartbeat';

const LOST = {
  ok: false as const,
  problems: [{ code: 'file.lost' as const, column: null, letter: null, value: null }],
};

/**
 * Reads the file, checks every row and stages the rows. An import that is planned already is not read again: its rows
 * and invitations are returned as they stand, so that a workflow can go on where another ended.
 */
export function createPlanImport({ store, settings }: Pick<ActivityDeps, 'store' | 'settings'>) {
  return ({ importId }: { importId: string }): Promise<ImportPlan> =>
    withHeartbeat(async () => {
      const found = await store.imports.find(importId);
      if (!found) throw importNotFound(importId);
      const fileProblems = found.plannedAt ? found.fileProblems : await plan(found);
      const [rows, invitations] = await Promise.all([
        store.rows.outcomes(importId),
        found.plannedAt ? store.invitations.outcomes({ importId }) : [],
      ]);
      return { fileProblems: fileProblems.map(({ code }) => code), rows, invitations, pace: settings.pace };
    });

  async function plan(found: ImportDoc) {
    const [bytes] = await Promise.all([store.uploads.read(found._id), store.imports.advance(found._id, 'planning')]);
    const reading = bytes ? readTable(bytes, { maxRows: settings.maxRows }) : LOST;
    const fileProblems = reading.ok ? [] : reading.problems;
    if (reading.ok)
      await store.rows.stage((await check(found, reading.table)).map((row) => staged(found, row, reading.table)));
    await store.imports.recordPlan(found._id, { columns: reading.ok ? reading.table.columns : [], fileProblems });
    return fileProblems;
  }

  async function check({ organisationId }: ImportDoc, table: Table): Promise<CheckedRow[]> {
    const emailKeys = emailKeysOf(table);
    const [organisation, teams, usedEmails, staffEmails] = await Promise.all([
      store.organisations.find(organisationId),
      store.organisations.teams(organisationId),
      store.clients.usedAddresses(organisationId, emailKeys),
      store.organisations.staffAmong(organisationId, emailKeys),
    ]);
    return checkRows(table, {
      defaultCountry: organisation?.defaultCountry ?? null,
      defaultTeamId: organisation?.defaultTeamId ?? null,
      teams,
      usedEmails,
      staffEmails,
    });
  }
}

function staged({ _id: importId, organisationId }: ImportDoc, checked: CheckedRow, table: Table): RowDoc {
  const { line, client, problems, repairs } = checked;
  const cells = client ? undefined : table.rows.find((row) => row.line === line)?.cells;
  return {
    _id: rowId(importId, line),
    organisationId,
    importId,
    row: line,
    status: client ? 'pending' : 'rejected',
    client,
    ...(cells && { cells }),
    problems,
    repairs,
  };
}
