import { Command } from 'commander';
import { formatTable } from './output/table';

type Example = readonly [command: string, what: string];

/** Examples for the help of a command, each with what it is for. */
export const examples = (...lines: readonly Example[]): string =>
  `\nExamples:\n${formatTable(lines.map(([command, what]) => [`client-import ${command}`, what]))}\n`;

/** Of the commands that are said in a line or two; the others have theirs beside their options. */
const MORE: readonly Example[] = [
  ['failed-rows f62ff629', 'under the name that the API gives the file'],
  ['failed-rows f62ff629 --output - | head', 'to another program'],
  ['report f62ff629 --output report.csv', 'the result of every line'],
  ['template staff --xlsx', 'an Excel file for members of staff'],
  ['check --teams Mayfair,Riverside --country GB clients.csv', 'before anything leaves this machine'],
  ['check clients.csv --output json', 'for another program'],
  ['pause f62ff629', 'until it is resumed'],
  ['resume f62ff629', 'and follow it to its end'],
  ['cancel f62ff629 9ad6ec35', 'two imports'],
  ['remind f62ff629 --all', 'everybody who has not accepted'],
  ['remind f62ff629 --rows 2-40 --channels email', 'some, by e-mail alone'],
  ['batch 352683ad', 'each file in a sentence'],
  ['batch 352683ad failed-rows', 'an archive with a file for each'],
  ['batch 352683ad retry --all', 'what failed in any of them'],
  ['ignore f62ff629 --suggested --reason totals', 'all that look like totals'],
  ['ignore f62ff629 --rows 49,50 --undo', 'two rows are people after all'],
  ['erase f62ff629-2eb4-4a8c-bc1a-36085ba1da50:2 --yes', 'the id is what find and clients show'],
  ['audit f62ff629', 'rule by rule'],
  ['audit', 'all imports'],
  ['send-now f62ff629 --in-quiet-hours', 'also to people for whom it is night'],
  ['teams', 'all of them'],
  ['clients --invitation bounced', 'whose message came back'],
  ['clients --team Mayfair --limit all --output csv', 'a team for a spreadsheet'],
  ['staff --inactive', 'who has not accepted yet'],
  ['keys', 'who may do what, and until when'],
  ['organisation', 'all settings'],
  ['organisation --default-team Mayfair', 'for files that name no client team'],
  ['organisation --send-at 09:00 --time-zone Europe/London', 'in the morning, from now on'],
  ['find ann@example.com', 'by an address or its beginning'],
  ['find lee a', 'by the beginnings of two names'],
  ['row f62ff629 17', 'all that has happened to line 17'],
  ['verify-events log.ndjson', 'whether the log is whole'],
  ['logout --profile live', 'one of several'],
  ['doctor', 'what is missing, and where it was looked for'],
  ['up', 'everything, until Ctrl-C'],
  ['up --exit clients.csv', 'only to import a file'],
  ['completion bash > ~/.local/share/bash-completion/completions/client-import', 'for bash, once for all'],
  ['admin migrate', 'after each update'],
  ['admin after-restore --yes', 'before the workers start'],
  ['admin verify-audit --organisation demo', 'one organisation'],
  [
    'admin organisation create --name "Harbour Wealth" --country GB --team Mayfair --first-name Ines --last-name Almeida ' +
      '--email ines@harbour.example --mobile "07911 123456"',
    'with its first member of staff',
  ],
  ['admin organisation list --search harbour', 'those with this in their names'],
  ['admin organisation limit --organisation demo --max-rows 20000', 'larger files'],
  ['admin keys create --organisation demo --name "CRM import" --role userAdministrator --days 90', 'ends by itself'],
  ['admin keys list --organisation demo --state active', 'those that work'],
  ['admin keys rotate 5f0ced32 --organisation demo', 'the old secret works for a day'],
  ['admin keys revoke 5f0ced32 --organisation demo', 'at once and for good'],
];

/** Adds these examples to the help of the commands. */
export function addExamples(command: Command, path = ''): void {
  const own = MORE.filter(([example]) => path !== '' && pathIn(example, command, path));
  if (own.length > 0) command.addHelpText('after', examples(...own));
  for (const one of command.commands) addExamples(one, `${path} ${one.name()}`.trim());
}

/** Whether an example is of this command, and of none below it. */
const pathIn = (example: string, { commands }: Command, path: string): boolean =>
  commands.length === 0 && (example === path || example.startsWith(`${path} `));

/** The commands by what they are for, in the order of the help. */
const GROUPS: readonly [heading: string, names: string][] = [
  ['Import files', 'import apply check template'],
  ['See what has become of them', 'status list rows row find batch report failed-rows audit'],
  ['Go on with them', 'correct retry remind ignore pause resume cancel send-at send-now undo'],
  ['People and your organisation', 'clients staff teams organisation texts keys events verify-events erase'],
  ['This machine', 'up doctor login logout completion admin help'],
];

/** Puts the commands into groups. */
export function addGroups(program: Command): void {
  for (const [heading, names] of GROUPS) {
    for (const name of names.split(' ')) program.commands.find((one) => one.name() === name)?.helpGroup(`${heading}:`);
  }
  const order = GROUPS.flatMap(([, names]) => names.split(' '));
  (program.commands as Command[]).sort((a, b) => order.indexOf(a.name()) - order.indexOf(b.name()));
  const help = new Command('help').argument('[command]').description('display help for command');
  program.addHelpCommand(help.helpGroup(`${GROUPS.at(-1)![0]}:`));
}
