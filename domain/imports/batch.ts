import type { ImportProgress } from '../../contract/import';
import { isResting } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import { emptyProgress } from '../../contract/progress';

export const BATCH_STATUSES = [
  /** Something goes on by itself in at least one file. */
  'running',
  /** A person has to do something about at least one file; the first of these that applies. */
  'awaiting-approval',
  'paused',
  'needs-attention',
  'waiting',
  /** What is left of at least one file is sent later. */
  'scheduled',
  /** All files have ended: all alike, or not. */
  'completed',
  'cancelled',
  'undone',
  'failed',
  'completed-with-problems',
] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

const FOR_A_PERSON = ['awaiting-approval', 'paused', 'needs-attention', 'waiting'] as const;
const ALIKE = ['completed', 'cancelled', 'failed', 'undone'] as const;

/** The status of an upload of several files, by those of its imports; `rejected` files have none. */
export function batchStatusOf(statuses: readonly ImportStatus[], rejected: number): BatchStatus {
  if (!statuses.every(isResting)) return 'running';
  const open = FOR_A_PERSON.find((status) => statuses.includes(status));
  if (open) return open;
  if (statuses.includes('scheduled')) return 'scheduled';
  const ended = ALIKE.find((status) => statuses.every((one) => one === status));
  return ended && (rejected === 0 || ended === 'failed') ? ended : 'completed-with-problems';
}

/** The counts of several imports as one. */
export function sumProgress(all: readonly ImportProgress[]): Pick<ImportProgress, 'lines' | 'rows' | 'invitations'> {
  const { lines, rows, invitations } = emptyProgress('', 'queued');
  const sum = { lines, rows, invitations };
  for (const one of all) {
    sum.lines += one.lines;
    add(sum.rows, one.rows);
    add(sum.invitations.email, one.invitations.email);
    add(sum.invitations.sms, one.invitations.sms);
  }
  return sum;
}

function add<K extends string>(sum: Record<K, number>, more: Record<K, number>): void {
  for (const key of Object.keys(more) as K[]) sum[key] += more[key];
}
