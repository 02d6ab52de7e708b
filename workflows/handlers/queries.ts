import { defineQuery, setHandler } from '@temporalio/workflow';
import type { ImportProgress } from '../../contract/import';
import { QUERIES } from '../../contract/messages';
import type { RowQuery, RowsQuery, RowState } from '../../contract/messages';
import type { ImportState } from '../state/import-state';
import { problemOfRow, problemOfRows, rejectIf } from './requests';

/** The queries of the Temporal UI: the workflow's own view of its import. The API answers from MongoDB instead. */
export function answerQueries(state: ImportState): void {
  setHandler(defineQuery<ImportProgress>(QUERIES.progress), () => state.progress(), {
    description: 'Status and counts of this import. Takes no input.',
  });
  setHandler(
    defineQuery<RowState[], [RowsQuery?]>(QUERIES.rows),
    (query) => {
      rejectIf(problemOfRows(query));
      return state.page(query);
    },
    {
      description:
        'The status of the rows, 100 at a time. Optional input: {"status": "rejected", "after": 101, "limit": 50}.',
    },
  );
  setHandler(
    defineQuery<RowState | null, [RowQuery?]>(QUERIES.row),
    (query) => {
      rejectIf(problemOfRow(query));
      return state.row(query);
    },
    { description: 'The status of one spreadsheet line. Input: {"row": 17}.' },
  );
}
