import { isTeamName, teamNameKey } from '../../domain/client-team';
import type { ClientTeam } from '../../domain/client-team';
import { tidyCell } from '../../domain/formula-guard';
import type { CheckedRow } from '../../domain/checking/check-rows';
import { CliError } from '../cli-error';

/** The client teams that a person named; they are taken to be ready for their clients. */
export function teamsCalled(names: readonly string[]): ClientTeam[] {
  const wrong = names.filter((name) => !isTeamName(name));
  if (wrong.length > 0) {
    throw new CliError(
      `No client team can be called ${wrong.map((name) => `"${name}"`).join(' or ')}: names are made of letters, digits and underscores.`,
    );
  }
  return [...new Map(names.map((name) => [teamNameKey(name), { id: name, name, activeStaff: true }])).values()];
}

/**
 * Checks rows where nobody has told which client teams there are: every name that could be a team's is taken for one.
 * A cell may tell of some names only once others are known, so it is asked until no more are missing.
 */
export function checkWithAnyTeams(
  known: readonly ClientTeam[],
  check: (teams: readonly ClientTeam[]) => CheckedRow[],
): CheckedRow[] {
  const teams = new Map(known.map((team) => [teamNameKey(team.name), team]));
  for (;;) {
    const rows = check([...teams.values()]);
    const before = teams.size;
    for (const { code, value } of rows.flatMap(({ problems }) => problems)) {
      const name = tidyCell(value ?? '');
      if (code === 'group.unknown' && isTeamName(name))
        teams.set(teamNameKey(name), { id: name, name, activeStaff: true });
    }
    if (teams.size === before) return rows;
  }
}
