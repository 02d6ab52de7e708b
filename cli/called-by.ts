/** A command of this program in a text: `client-import login …`, but neither its name alone nor that of a file. */
const COMMAND = /(?<![\w/.-])client-import (?=[a-z])/g;

/** A text with its commands as they are typed here: in a checkout there is no program `client-import`, and npm runs it. */
export const asCalled = (text: string, calledBy: string): string => text.replace(COMMAND, () => `${calledBy} `);
