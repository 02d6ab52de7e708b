import { isTeamName, teamNameKey } from '../../domain/client-team';
import type { ClientTeam } from '../../domain/client-team';
import { tidyCell } from '../../domain/formula-guard';
import type { CheckedRow } from '../../domain/checking/check-rows';
import { CliError } from '../http/cli-error';

/** The client teams with these names, as if each had active staff. */
export function teamsNamed(names: readonly string[]): ClientTeam[] {
  const invalid = names.filter((name) => !isTeamName(name)).map((name) => `"${name}"`);
  if (invalid.length > 0) {
    throw new CliError(
      `Invalid name of a client team in --teams or --default-team: ${invalid.join(', ')}. ` +
        'Use letters, digits and underscores only.',
    );
  }
  return [...new Map(names.map((name) => [teamNameKey(name), teamNamed(name)])).values()];
}

const teamNamed = (name: string): ClientTeam => ({ id: name, name, activeStaff: true });

/**
 * Checks rows where the client teams are not known: every valid team name in the file passes. One check reports only some
 * of the unknown names of a cell, so rows are checked until no name is unknown.
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
      if (code === 'group.unknown' && isTeamName(name)) teams.set(teamNameKey(name), teamNamed(name));
    }
    if (teams.size === before) return rows;
  }
}
