export interface ClientTeam {
  id: string;
  name: string;
  /** Whether at least one member of staff in it has accepted; without one, its clients wait for their invitation. */
  activeStaff: boolean;
}

/** Any other character in a name has a meaning in an address bar or a formula. */
const TEAM_NAME = /^[\p{L}\p{M}\p{N}_]{1,100}$/u;

/** Whether a client team may have this name. */
export const isTeamName = (name: string): boolean => TEAM_NAME.test(name);

/** Equal for two spellings of one name: teams are compared by it and shown as they are named. */
export const teamNameKey = (name: string): string => name.normalize('NFC').toLowerCase();
