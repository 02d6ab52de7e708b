import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import { pageOf } from '../../contract/pages/pages';
import type { PagesLeft } from '../../contract/pages/pages';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';
import type { RowStatus } from '../../contract/row';
import { firstRanges, formatRowSet } from '../../contract/row-set';
import type { RowSet } from '../../contract/row-set';

/** Ranges of lines that a group of an import of several pages names: enough for a person to begin with. */
const MOST_RANGES = 40;
/**
 * Groups of such an import. With ranges of at most 12 letters all of them have less than a tenth of the 2 MB that Temporal takes as the
 * result of a step. Those beyond lose their reason, and are counted with the others of their status.
 */
const MOST_GROUPS = 300;

interface Group {
  status?: RowStatus;
  channel?: Channel;
  state?: InvitationState;
  isHeldBack?: boolean;
  lines: readonly number[];
}

/** On which pages something is left to do. */
export function pagesLeft(rows: readonly Group[], invitations: readonly Group[], inOrder: boolean): PagesLeft {
  const pagesOf = (groups: readonly Group[]): RowSet => {
    const pages = new Set<number>();
    for (const { lines } of groups) for (const line of lines) pages.add(pageOf(line));
    return formatRowSet(pages);
  };
  const onEach = (state: InvitationState): Record<Channel, RowSet> => {
    const of = (channel: Channel): RowSet =>
      pagesOf(invitations.filter((group) => group.channel === channel && group.state === state && !group.isHeldBack));
    return Object.fromEntries(CHANNELS.map((channel) => [channel, of(channel)])) as Record<Channel, RowSet>;
  };
  const needing = new Set<number>();
  for (const { status, state, lines } of [...rows, ...invitations]) {
    if (status !== 'rejected' && !(state && NEEDS_ATTENTION_STATES.includes(state))) continue;
    for (const line of lines) needing.add(line);
  }
  return {
    write: pagesOf(rows.filter(({ status }) => status === 'pending')),
    send: onEach('pending'),
    settle: onEach('sending'),
    ...(inOrder && { inOrder }),
    needingAttention: needing.size,
  };
}

/** A group as a snapshot of an import of several pages has it. */
export const firstOf = (lines: readonly number[]): { rows: RowSet; count: number } => ({
  rows: firstRanges(formatRowSet(lines), MOST_RANGES),
  count: lines.length,
});

/** The groups with the most lines, and all others under what is left of their key. */
export function mostOf<K extends object>(
  groups: { key: K; lines: number[] }[],
  bare: (key: K) => K,
): { key: K; lines: number[] }[] {
  if (groups.length <= MOST_GROUPS) return groups;
  const byLines = [...groups].sort((a, b) => b.lines.length - a.lines.length);
  const kept = new Map(byLines.slice(0, MOST_GROUPS).map((group) => [JSON.stringify(group.key), group]));
  for (const { key, lines } of byLines.slice(MOST_GROUPS)) {
    const name = JSON.stringify(bare(key));
    const before = kept.get(name);
    kept.set(name, { key: bare(key), lines: [...(before?.lines ?? []), ...lines] });
  }
  return [...kept.values()];
}
