import { cellsOf } from '../../domain/person-cells';
import { personIdFor } from '../../store/documents';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { historyOf } from '../audit-log/history';
import { teamNamesOf } from '../directory/people';
import { rowsExpired } from '../downloads/staged-rows';
import { findImport } from '../http/find-import';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { noRow } from '../rows/correction-problems';
import type { Cells } from '../rows/row-as-typed';
import { rowView } from '../rows/row-view';
import { getImportRow } from './row-story-routes';
import { storyOf } from './story-events';

type Deps = Pick<AppDeps, 'store' | 'readFile'>;

export const createRowStoryRoutes = (deps: Deps): Route[] => [
  route(getImportRow, async ({ params: { line } }, request) => {
    const importDoc = await findImport(deps.store, request);
    if (importDoc.expired === 'rows') throw rowsExpired();
    return reply(200, await findStory(deps, importDoc, line));
  }),
];

/** Throws a 404 for a line that the import does not have, or not yet. */
async function findStory({ store, readFile }: Deps, importDoc: ImportDoc, line: number) {
  const { _id: importId, organisationId } = importDoc;
  const [row] = await store.rows.page(importId, { limit: 1, among: [line] });
  if (!row) throw noRow(`${line}`);
  const personId = personIdFor(row);
  const [person, invitations, corrected, actions, teams, raw] = await Promise.all([
    store.peopleSearch.findById(organisationId, personId),
    store.invitations.ofRow(importId, line),
    store.lineage.corrected(importDoc),
    historyOf(store, importDoc),
    teamNamesOf(store, organisationId),
    rawCells(readFile, importDoc, line),
  ]);
  const values = person ?? row.person;
  return {
    ...rowView(
      row,
      invitations.filter(({ superseded }) => !superseded),
      importDoc,
      invitations,
    ),
    corrected: corrected.has(line),
    personId: person?._id ?? null,
    raw,
    cells: values ? cellsOf(values, teams) : typedCells(row),
    events: storyOf({ importDoc, row, person, invitations, actions }),
  };
}

/** As the file has them; `null` if it is gone, or cannot be read as it was then. */
async function rawCells(readFile: Deps['readFile'], importDoc: ImportDoc, line: number): Promise<Cells | null> {
  const reading = await readFile(importDoc);
  if (!reading.ok) return null;
  for (const row of reading.table.rows) if (row.line === line) return row.cells;
  return null;
}

/** Of a row without a person. */
const typedCells = ({ cells, typed }: RowDoc): Cells => ({ ...cells, ...typed });
