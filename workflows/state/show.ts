import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { ImportProgress } from '../../contract/import';
import { isFinal } from '../../contract/import-status';
import { CHANNELS, INVITATION_STATES, RETRYABLE_STATES } from '../../contract/invitation';
import { SEARCH_ATTRIBUTES } from '../../contract/messages';
import { ROW_STATUSES } from '../../contract/row';
import type { ImportState } from './import-state';

const STATUS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD');
const FAILED_ROWS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.failedRows, 'INT');
const DETAIL_ROWS = 50;
/** The dialog says that an update is successful after 20 s, whatever has become of it. */
const WHERE_THE_TRUTH_IS =
  'What is in effect is shown here and by the query `progress`. "Update successful" in the dialog may mean only that the update ' +
  'has arrived: without a worker it is not carried out, and the API is the way that always works.';

/** Shows the import to support staff: a short page under "User Metadata", and the filters of the list. */
export function show(state: ImportState): void {
  const progress = state.progress();
  setCurrentDetails(describe(state, progress));
  // Each change costs an event of history, and these statuses are too short to filter by.
  if (progress.status === 'planning' || progress.status === 'creating') return;
  const shown = `${progress.status} ${state.linesNeedingAttention().length}`;
  if (state.shown === shown) return;
  state.shown = shown;
  upsertSearchAttributes([
    { key: STATUS, value: progress.status },
    { key: FAILED_ROWS, value: state.linesNeedingAttention().length },
  ]);
}

function describePauses({ snapshot }: ImportState): string[] {
  const reasons = Object.entries(snapshot?.pausedBy ?? {}).map(([by, code]) =>
    by === 'staff' ? '- paused by staff' : `- ${by} paused: ${code ?? 'no reason known'}`,
  );
  const ending = snapshot?.isCancelling ? ['- cancelled by staff: it sends nothing more, and ends'] : [];
  const hint = ending.length > 0 ? [] : ['', 'To resume it: *Send an Update*, `resume`.'];
  return reasons.length > 0 ? ['', ...ending, ...reasons, ...hint] : [];
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
  const lines = state.linesNeedingAttention();
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
    ...describePauses(state),
    ...(canBeRetried
      ? [
          '',
          'To send failed invitations again: *Send an Update*, `retryInvitations`, with `{"all": true}` or `{"rows": [17]}`.',
        ]
      : []),
    ...(isFinal(progress.status) ? [] : ['', WHERE_THE_TRUTH_IS]),
    ...(table.length > 0 ? ['', '| Line | Status and reason |', '| --- | --- |', ...table] : []),
    ...(lines.length > DETAIL_ROWS ? ['', `… and ${lines.length - DETAIL_ROWS} more.`] : []),
  ].join('\n');
}
