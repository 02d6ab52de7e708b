import type { ClientTeam } from '../../client-team';
import { tidyCell } from '../../formula-guard';
import { shorten } from '../../problems/make-problem';
import { accept, reject } from './cell-verdict';
import type { CellVerdict, UnplacedProblem } from './cell-verdict';
import type { TeamFinder } from './find-team';

/** The cell that names a client's team. `decideRow` sees whether the team is ready for the client. */
export function checkGroup(
  cell: string,
  find: TeamFinder,
  defaultTeam: ClientTeam | undefined,
): CellVerdict<[teamId: string]> {
  const name = tidyCell(cell);
  if (name === '') {
    // The cell stays empty: the default team is no repair.
    return defaultTeam ? accept([defaultTeam.id], cell) : reject(cell, { code: 'group.missing' });
  }
  const team = find.byName(name);
  return team ? accept([team.id], name) : reject(cell, find.explain(name));
}

const SEPARATORS = /[;,|\r\n]/;
/** A cell can hold thousands of names; its problems have to remain readable. */
const MAX_UNKNOWN_NAMED = 10;

/** The cell that names the client teams of a member of staff: any number of them, or none. */
export function checkTeams(cell: string, find: TeamFinder): CellVerdict<string[]> {
  const text = tidyCell(cell);
  const names = new Set(text.split(SEPARATORS).map((name) => name.trim()));
  names.delete('');
  const teamIds = new Set<string>();
  const unknown: UnplacedProblem[] = [];
  for (const name of names) {
    const team = find.byName(name);
    if (team) teamIds.add(team.id);
    else if (unknown.length < MAX_UNKNOWN_NAMED) unknown.push({ ...find.explain(name), value: shorten(name) });
  }
  const [first, ...others] = unknown;
  return first ? reject(cell, first, ...others) : accept([...teamIds], names.size > 0 ? text : cell);
}
