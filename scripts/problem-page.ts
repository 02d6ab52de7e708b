import { PROBLEM_CODES } from '../contract/problem-codes';
import type { ProblemCode } from '../contract/problem-codes';
import { PROBLEM_CATALOGUE } from '../domain/problems/problem-catalogue';

/** What a code is about, by what it begins with, in the order of the page. */
const FAMILIES: Readonly<Record<string, string>> = {
  file: 'The file as a whole',
  row: 'The row as a whole',
  'first-name': 'First name',
  'last-name': 'Last name',
  email: 'E-mail',
  mobile: 'Mobile number',
  role: 'Role',
  company: 'Company',
  group: 'Client team',
  invitation: 'Invitation',
};

/** Blanks whose name in the code says too little. */
const BLANKS: Readonly<Record<string, string>> = {
  days: 'number of days',
  domain: 'name of a mail provider',
  first: 'letter of the first column',
  firstLine: 'number of the first row',
  found: 'what was found',
  importId: 'id of the import',
  length: 'number',
  letter: 'letter of the column',
  limit: 'largest number',
  line: 'number of the row',
  max: 'largest number',
  other: 'other channel',
  others: 'others',
  people: 'clients or staff',
  roles: 'names of roles',
  rows: 'number',
  since: 'day',
  swappedWith: 'name of the other column',
  team: 'name of the team',
  what: 'what it is instead',
};

const INTRODUCTION = `# What can be wrong, and what to do

Every reason for which a file, a row or an invitation is refused, and every warning. An **error** means that nothing is
done with the file, the row or the invitation; with a **warning** the work goes on. Each problem in an answer of the API, in a
report and in a file of failed rows carries its code, and all problems of a row come at once.

Words in _italics_ stand for what is filled in. A part in [brackets] is there only where it is known.

<!-- Made by \`npm run docs:problems\` from the catalogue in domain/. Do not edit. -->`;

/** The page of documentation that tells every problem code, as Markdown. */
export function renderProblemPage(): string {
  const families = Object.entries(FAMILIES).flatMap(([family, title]) => {
    const codes = PROBLEM_CODES.filter((code) => code.split('.')[0] === family);
    return [`## ${title}`, ...codes.map(renderProblem)];
  });
  return `${[INTRODUCTION, ...families].join('\n\n')}\n`;
}

function renderProblem(code: ProblemCode): string {
  const { severity, message, expected, fix } = PROBLEM_CATALOGUE[code];
  return [
    `### \`${code}\``,
    `**${severity === 'error' ? 'Error' : 'Warning'}.** ${readable(message)}`,
    `- **Expected:** ${readable(expected)}\n- **What to do:** ${readable(fix)}`,
  ].join('\n\n');
}

const readable = (text: string): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => `_${BLANKS[name] ?? inWords(name)}_`);

const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
