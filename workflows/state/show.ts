import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '../../contract/messages';
import { describe } from './describe';
import type { ImportState } from './import-state';

const STATUS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD');
const FAILED_ROWS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.failedRows, 'INT');

/** Shows the import to support staff: a short page under "User Metadata", and the filters of the list. */
export function show(state: ImportState): void {
  setCurrentDetails(describe(state, workflowInfo()));
  const { status } = state;
  // Each change costs an event of history, and these statuses are too short to filter by.
  if (status === 'planning' || status === 'creating') return;
  const failedRows = state.needingAttention;
  const shown = `${status} ${failedRows}`;
  if (state.shown === shown) return;
  state.shown = shown;
  upsertSearchAttributes([
    { key: STATUS, value: status },
    { key: FAILED_ROWS, value: failedRows },
  ]);
}
