import { isTeamName, teamNameKey } from '../../client-team';
import type { ClientTeam } from '../../client-team';
import { createNearest } from '../../nearest/nearest';
import type { Nearest } from '../../nearest/nearest';
import { unplaced } from './cell-verdict';
import type { UnplacedProblem } from './cell-verdict';
import { wholeAmount } from './whole-amount';

/** The client teams of an organisation, as a cell names them. */
export interface TeamFinder {
  byName: (name: string) => ClientTeam | undefined;
  /** The problem of a name that no team has, with the names that may be meant. */
  explain: (name: string) => UnplacedProblem;
}

const NAMES_SHOWN = 5;
/** Names of teams are made up and so mistyped more often than words are: Mayfare for Mayfair. */
const CHARACTERS_A_SLIP = 3;

export function createTeamFinder(teams: readonly ClientTeam[]): TeamFinder {
  const byKey = new Map(teams.map((team) => [teamNameKey(team.name), team]));
  // A file without a mistake needs no search, and a file with one tends to repeat it in every row.
  let search: ReturnType<typeof createNearest> | undefined;
  const cache = new Map<string, Nearest>();

  function nearestTo(name: string): Nearest {
    search ??= createNearest(
      teams.map((team) => team.name),
      NAMES_SHOWN,
      CHARACTERS_A_SLIP,
    );
    const nearest = cache.get(name) ?? search(name);
    cache.set(name, nearest);
    return nearest;
  }

  return {
    byName: (name) => byKey.get(teamNameKey(name)),

    explain(name) {
      const { names, lookAlike } = nearestTo(name);
      const details = names.length > 0 ? { names: names.join(', ') } : undefined;
      const numbered = byKey.get(teamNameKey(wholeAmount(name) ?? ''))?.name;
      return unplaced(isTeamName(name) ? 'group.unknown' : 'group.invalid-name', details, numbered ?? lookAlike);
    },
  };
}
