import { unplaced } from './cell-verdict';
import type { UnplacedProblem } from './cell-verdict';
import { createNearest } from '../../nearest/nearest';
import type { Nearest } from '../../nearest/nearest';
import { isTeamName, teamNameKey } from './team-name';

export interface ClientTeam {
  id: string;
  name: string;
  /** Whether at least one member of staff in it has accepted; without one, its clients wait for their invitation. */
  activeStaff: boolean;
}

/** The client teams of an organisation, as a cell names them. */
export interface TeamFinder {
  byName: (name: string) => ClientTeam | undefined;
  /** Why there is no team of this name, with the names that may be meant. */
  explain: (name: string) => UnplacedProblem;
}

const NAMES_SHOWN = 5;
/** Names of teams are made up, so that they are mistyped more than words are: Mayfare is Mayfair. */
const CHARACTERS_A_SLIP = 3;

export function createTeamFinder(teams: readonly ClientTeam[]): TeamFinder {
  const byKey = new Map(teams.map((team) => [teamNameKey(team.name), team]));
  // A file without a mistake needs no search, and one with tends to repeat its mistake in every row.
  let search: ReturnType<typeof createNearest> | undefined;
  const nearest = new Map<string, Nearest>();

  function nearestTo(name: string): Nearest {
    search ??= createNearest(
      teams.map((team) => team.name),
      NAMES_SHOWN,
      CHARACTERS_A_SLIP,
    );
    const found = nearest.get(name) ?? search(name);
    nearest.set(name, found);
    return found;
  }

  return {
    byName: (name) => byKey.get(teamNameKey(name)),

    explain(name) {
      const { names: shown, lookAlike } = nearestTo(name);
      const details = shown.length > 0 ? { names: shown.join(', ') } : undefined;
      return unplaced(isTeamName(name) ? 'group.unknown' : 'group.invalid-name', details, lookAlike);
    },
  };
}
