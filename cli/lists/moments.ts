/** A moment of the API for people, to the minute, in UTC. */
export const minuteOf = (moment: string): string => moment.slice(0, 16).replace('T', ' ');

/** The same as a day. */
export const dayOf = (moment: string): string => moment.slice(0, 10);
