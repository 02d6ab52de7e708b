import { accept, refuse } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';
import { nearestNames } from './nearest';

export interface ClientTeam {
  id: string;
  name: string;
  /** Whether at least one member of staff in it has accepted; without one, nobody can be invited to it. */
  activeStaff: boolean;
}

const TEAM_NAME = /^[\p{L}\p{M}\p{N}_]+$/u;
const MAX_SUGGESTIONS = 5;

/** Makes the check of a cell that names a client team. What it accepts is the id of the team. */
export function createGroupCheck(
  teams: readonly ClientTeam[],
  defaultTeamId: string | null,
): (cell: string) => CellVerdict<string> {
  const byName = new Map(teams.map((team) => [teamKey(team.name), team]));
  const defaultTeam = teams.find(({ id }) => id === defaultTeamId);
  // A file tends to repeat its one mistake in every row.
  const suggestions = new Map<string, { names: string } | undefined>();

  return (cell) => {
    const name = cell.trim();
    const team = name === '' ? defaultTeam : byName.get(teamKey(name));
    if (team?.activeStaff) return accept(team.id, name || cell);
    if (team) return refuse(cell, 'group.no-active-staff', { team: team.name });
    if (name === '') return refuse(cell, 'group.missing');
    if (!suggestions.has(name)) suggestions.set(name, suggest(name, teams));
    return refuse(cell, TEAM_NAME.test(name) ? 'group.unknown' : 'group.invalid-name', suggestions.get(name));
  };
}

const teamKey = (name: string): string => name.normalize('NFC').toLowerCase();

function suggest(name: string, teams: readonly ClientTeam[]): { names: string } | undefined {
  if (teams.length === 0) return undefined;
  const names = teams.map((team) => team.name);
  return { names: nearestNames(name, names, MAX_SUGGESTIONS).join(', ') };
}
