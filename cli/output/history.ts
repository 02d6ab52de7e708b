import type { PastActionView } from '../http/views';
import { formatTable } from './table';
import { formatMoment } from '../moments/moments';
import { printable } from './text';

/** What people call the operations of the API; another one is shown by its own name. */
const WORDS: Readonly<Record<string, string>> = {
  uploadFiles: 'uploaded',
  inviteClient: 'entered by hand',
  inviteStaffMember: 'entered by hand',
  createScimUser: 'entered by the identity provider',
  createTeam: 'entered by hand with a client team',
  applyPlan: 'plan applied',
  chooseForImport: 'choices made',
  scheduleImport: 'sending time chosen',
  pauseImport: 'paused',
  resumeImport: 'resumed',
  cancelImport: 'cancelled',
  undoImport: 'undone',
  retryImportInvitations: 'retried',
  remindOfImport: 'reminded',
  correctImportRow: 'row corrected',
  ignoreRow: 'row put aside',
  ignoreRows: 'rows put aside',
  takeRowBack: 'row taken back',
  terminateWorkflow: 'workflow terminated',
  resetWorkflow: 'workflow reset',
  pauseBatch: 'paused with its upload',
  resumeBatch: 'resumed with its upload',
  cancelBatch: 'cancelled with its upload',
  retryBatchInvitations: 'retried with its upload',
};

export const actionWords = (action: string): string => WORDS[action] ?? action;

/** Columns of ours; the headings of the file are in no entry. */
const mappedColumns = (columns: string): string => `columns mapped: ${columns.replaceAll(' ', ', ')}`;

/** What of the facts says more than the action. */
function detailOf({ line, rows, columns }: PastActionView['facts']): string {
  const details = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(rows === undefined ? [] : [`lines ${rows}`]),
    ...(columns === undefined ? [] : [mappedColumns(String(columns))]),
  ];
  return details.length === 0 ? '' : ` (${details.join('; ')})`;
}

/** Who did what with an import and when, a line each. */
export function formatHistory(history: readonly PastActionView[], width: number): string {
  const rows = history.map(({ at, action, by, facts, status }) => [
    formatMoment(at),
    printable(actionWords(action) + detailOf(facts)),
    nameActor(by) + (status === null ? '; its outcome is not known' : ''),
  ]);
  return `  Who did what:\n${formatTable(rows, width)}`;
}

/** Of those whose id says nothing to a person. */
const KINDS: Readonly<Record<string, string>> = {
  key: 'an older key',
  temporal: 'Temporal',
  server: 'the server',
};

export function nameActor({ kind, id, name, role }: PastActionView['by']): string {
  const who = name ?? KINDS[kind] ?? `${kind} ${id}`;
  return printable(role === null ? who : `${who}, ${role}`);
}
