const LONGEST_NAME = 100;
const CONTROL_CHARACTER = /[\p{Cc}\p{Cs}]/u;

/** A name of an organisation or a key without outer blanks; `undefined` if it is blank, too long or more than one line. */
export function oneLineName(text: string): string | undefined {
  const name = text.trim();
  return name === '' || name.length > LONGEST_NAME || CONTROL_CHARACTER.test(name) ? undefined : name;
}

/** It stands in claims of tokens, in commands and in addresses. */
const ORGANISATION_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const isOrganisationId = (text: string): boolean => ORGANISATION_ID.test(text);
