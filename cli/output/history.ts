import type { PastActionView } from '../http/views';
import { formatTable } from './table';
import { formatMoment, printable } from './text';

/** What people call the operations of the API; another one is shown by its own name. */
const WORDS: Readonly<Record<string, string>> = {
  uploadFiles: 'uploaded',
  inviteClient: 'entered by hand',
  inviteStaff: 'entered by hand',
  applyPlan: 'plan applied',
  chooseForImport: 'choices made',
  pauseImport: 'paused',
  resumeImport: 'resumed',
  cancelImport: 'cancelled',
  retryImportInvitations: 'retried',
  remindOfImport: 'reminded',
  correctImportRow: 'row corrected',
  ignoreRow: 'row put aside',
  takeRowBack: 'row taken back',
  ignoreRows: 'rows put aside',
};

export const actionWords = (action: string): string => WORDS[action] ?? action;

/** Who did what with an import and when, a line each. */
export function formatHistory(history: readonly PastActionView[], width: number): string {
  const rows = history.map(({ at, action, by, facts, status }) => [
    formatMoment(at),
    printable(actionWords(action)) + (facts['line'] === undefined ? '' : ` (line ${facts['line']})`),
    nameActor(by) + (status === null ? '; its outcome is not known' : ''),
  ]);
  return `  Who did what:\n${formatTable(rows, width)}`;
}

export function nameActor({ kind, id, name, role }: PastActionView['by']): string {
  const who = name === null ? (kind === 'key' ? 'an older key' : `${kind} ${id}`) : name;
  return printable(role === null ? who : `${who}, ${role}`);
}
