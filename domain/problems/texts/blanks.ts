/** Better names for some blanks of the texts. */
const BLANKS: Readonly<Record<string, string>> = {
  days: 'number of days',
  domain: 'name of a mail provider',
  first: 'letter of the first column',
  fileName: 'name of the file',
  firstLine: 'number of the first row',
  found: 'what was found',
  importId: 'id of the import',
  known: 'number',
  least: 'number',
  length: 'number',
  letter: 'letter of the column',
  limit: 'largest number',
  line: 'number of the row',
  max: 'largest number',
  numbers: 'number',
  other: 'other channel',
  others: 'others',
  people: 'clients or staff',
  roles: 'names of roles',
  rows: 'number',
  signs: 'names of the characters',
  sharedBy: 'number',
  since: 'day',
  swappedWith: 'name of the other column',
  team: 'name of the team',
  what: 'what it is instead',
};

const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A text of the catalogue for a page, with the name of each blank in place of a value. */
export const readable = (text: string, format: (words: string) => string): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => format(BLANKS[name] ?? inWords(name)));
