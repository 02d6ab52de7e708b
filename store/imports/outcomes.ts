import type { InvitationOutcome } from '../../contract/invitation';
import type { RowOutcome } from '../../contract/row';
import { formatRowSet } from '../../contract/row-set';
import type { InvitationDoc, RowDoc } from '../documents';

type RowFacts = Pick<RowDoc, 'row' | 'status' | 'problems'>;
type InvitationFacts = Pick<InvitationDoc, 'row' | 'channel' | 'state' | 'code' | 'generation'>;

/** Rows that ended alike, put together: a few lines of history however many rows there are. */
export function groupRows(rows: RowFacts[]): RowOutcome[] {
  return groupBy(rows, ({ status, problems }) => {
    const codes = [...new Set(problems.map((problem) => problem.code))];
    return { status, ...(codes.length > 0 && { codes }) };
  });
}

export function groupInvitations(invitations: InvitationFacts[]): InvitationOutcome[] {
  return groupBy(invitations, ({ channel, state, code, generation }) => ({
    channel,
    state,
    ...(code && { code }),
    ...(generation > 1 && { generation }),
  }));
}

function groupBy<T extends { row: number }, K extends object>(items: T[], keyOf: (item: T) => K) {
  const groups = new Map<string, { key: K; lines: number[] }>();
  for (const item of items) {
    const key = keyOf(item);
    const name = JSON.stringify(key);
    const group = groups.get(name);
    if (group) group.lines.push(item.row);
    else groups.set(name, { key, lines: [item.row] });
  }
  return [...groups.values()].map(({ key, lines }) => ({ rows: formatRowSet(lines), ...key }));
}
