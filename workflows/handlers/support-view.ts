import { defineQuery, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { ImportProgress, ImportStatus } from '../../contract/import';
import { CHANNELS, INVITATION_STATES, RETRYABLE_STATES } from '../../contract/invitation';
import { QUERIES, SEARCH_ATTRIBUTES } from '../../contract/messages';
import type { RowQuery, RowsQuery, RowState } from '../../contract/messages';
import { ROW_STATUSES } from '../../contract/row';
import type { ImportState } from '../import-state';
import { faultOfRow, faultOfRows } from './requests';

const STATUS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD');
const FAILED_ROWS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.failedRows, 'INT');
const DETAIL_ROWS = 50;

/** The queries of the Temporal UI: the workflow's own view of its import. The API answers from MongoDB instead. */
export function answerQueries(state: ImportState): void {
  setHandler(defineQuery<ImportProgress>(QUERIES.progress), () => state.progress(), {
    description: 'Status and counts of this import. Takes no input.',
  });
  setHandler(defineQuery<RowState[], [RowsQuery?]>(QUERIES.rows), (query) => state.page(valid(query, faultOfRows)), {
    description:
      'Where the rows stand, 100 at a time. Optional input: {"status": "rejected", "after": 101, "limit": 50}.',
  });
  setHandler(defineQuery<RowState | null, [RowQuery?]>(QUERIES.row), (query) => state.row(valid(query, faultOfRow)), {
    description: 'Where one spreadsheet line stands. Input: {"row": 17}.',
  });
}

function valid<T>(query: T, faultOf: (query: unknown) => string | undefined): T {
  const fault = faultOf(query);
  if (fault) throw new Error(fault);
  return query;
}

/** Moves on, and shows it where support staff look: a short page under "User Metadata", and the list's filters. */
export function enter(state: ImportState, status: ImportStatus): void {
  state.enter(status);
  const progress = state.progress();
  setCurrentDetails(describe(state, progress));
  // An event of history each time; creating the clients is over too soon for anybody to filter by it.
  if (progress.status === 'creating') return;
  const shown = `${progress.status} ${state.rowsNeedingAttention().length}`;
  if (state.shown === shown) return;
  state.shown = shown;
  upsertSearchAttributes([
    { key: STATUS, value: progress.status },
    { key: FAILED_ROWS, value: state.rowsNeedingAttention().length },
  ]);
}

function describeHolds({ pausedBy: holders }: ImportState): string[] {
  const reasons = Object.entries(holders).map(([holder, code]) =>
    holder === 'staff' ? '- held back by staff' : `- ${holder} held back: ${code ?? 'no reason known'}`,
  );
  return reasons.length > 0 ? ['', ...reasons, '', 'To let it go on: *Send an Update*, `resume`.'] : [];
}

function describe(state: ImportState, progress: ImportProgress): string {
  const counts = <K extends string>(of: Record<K, number>, keys: readonly K[]): string =>
    keys
      .filter((key) => of[key] > 0)
      .map((key) => `${of[key]} ${key}`)
      .join(', ') || 'none';
  const canBeRetried = CHANNELS.some((channel) =>
    RETRYABLE_STATES.some((retryable) => progress.invitations[channel][retryable] > 0),
  );
  const lines = state.rowsNeedingAttention();
  const table = lines.slice(0, DETAIL_ROWS).map((line) => {
    const row = state.row({ row: line })!;
    const invitations = row.invitations.map(
      ({ channel, state, code }) => `${channel} ${state}${code ? ` (${code})` : ''}`,
    );
    return `| ${row.row} | ${row.status}: ${[...row.codes, ...invitations].join(', ')} |`;
  });
  return [
    `**${progress.status}**: ${progress.lines} lines (${counts(progress.rows, ROW_STATUSES)})`,
    '',
    ...CHANNELS.map((channel) => `- ${channel}: ${counts(progress.invitations[channel], INVITATION_STATES)}`),
    ...describeHolds(state),
    ...(canBeRetried ? ['', 'To send failed invitations again: *Send an Update*, `retryInvitations`.'] : []),
    ...(table.length > 0 ? ['', '| Line | Status and reason |', '| --- | --- |', ...table] : []),
    ...(lines.length > DETAIL_ROWS ? ['', `… and ${lines.length - DETAIL_ROWS} more.`] : []),
  ].join('\n');
}
