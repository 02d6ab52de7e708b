/** In an address bar or a formula, anything else in a name begins to mean something. */
const TEAM_NAME = /^[\p{L}\p{M}\p{N}_]{1,100}$/u;

/** Whether a client team can be called so. */
export const isTeamName = (name: string): boolean => TEAM_NAME.test(name);

/** What two spellings of one name have in common: names of client teams are compared by it and shown as they are. */
export const teamNameKey = (name: string): string => name.normalize('NFC').toLowerCase();
