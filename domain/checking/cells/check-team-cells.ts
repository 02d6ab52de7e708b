import { accept, reject } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';
import type { ClientTeam, TeamFinder } from './find-team';
import { tidyCell } from './tidy-cell';

/** The cell that names a client's team. Whether the team is ready for the client is decided with the whole row. */
export function checkGroup(
  cell: string,
  find: TeamFinder,
  defaultTeam: ClientTeam | undefined,
): CellVerdict<[teamId: string]> {
  const name = tidyCell(cell);
  if (name === '') {
    // An empty cell that is understood stays as it is.
    return defaultTeam ? accept([defaultTeam.id], cell) : reject(cell, { code: 'group.missing' });
  }
  const team = find.byName(name);
  return team ? accept([team.id], name) : reject(cell, find.explain(name));
}
