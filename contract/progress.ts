import type { ImportProgress, ImportResult } from './import';
import type { ImportStatus } from './import-status';
import { CHANNELS, INVITATION_STATES } from './invitation';
import type { InvitationState } from './invitation';
import { ROW_STATUSES } from './row';

const zeroes = <K extends string>(keys: readonly K[]): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;

export function emptyProgress(importId: string, status: ImportStatus): ImportProgress {
  return {
    importId,
    status,
    lines: 0,
    rows: zeroes(ROW_STATUSES),
    invitations: { email: zeroes(INVITATION_STATES), sms: zeroes(INVITATION_STATES) },
  };
}

const nonZero = <K extends string>(counts: Record<K, number>): Partial<Record<K, number>> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)) as Partial<Record<K, number>>;

/** For a history, of which each byte is kept for weeks. */
export const withoutZeroes = ({ rows, invitations, ...rest }: ImportProgress): ImportResult => ({
  ...rest,
  rows: nonZero(rows),
  invitations: { email: nonZero(invitations.email), sms: nonZero(invitations.sms) },
});

/** The states of an invitation that need a person. */
export const NEEDS_ATTENTION_STATES: readonly InvitationState[] = ['failed', 'bounced', 'unconfirmed'];

export function countNeedingAttention(progress: Pick<ImportProgress, 'invitations'>): number {
  return CHANNELS.reduce((sum, channel) => {
    return NEEDS_ATTENTION_STATES.reduce((subtotal, state) => subtotal + progress.invitations[channel][state], sum);
  }, 0);
}

/** The status that follows from the counts alone; `inviting` as long as anything is left to create, send or settle. */
export function deriveStatus({ rows, invitations }: Pick<ImportProgress, 'rows' | 'invitations'>): ImportStatus {
  const count = (state: InvitationState): number =>
    CHANNELS.reduce((sum, channel) => sum + invitations[channel][state], 0);
  if (rows.pending + count('pending') + count('sending') > 0) return 'inviting';
  if (countNeedingAttention({ invitations }) > 0) return 'needs-attention';
  if (rows.waiting > 0) return 'waiting';
  if (rows.cancelled + count('cancelled') > 0) return 'cancelled';
  return rows.rejected > 0 ? 'completed-with-problems' : 'completed';
}
