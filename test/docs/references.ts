import type { Command, Option } from 'commander';
import { createProgram } from '../../cli/program';
import type { Terminal } from '../../cli/commands/session';

/** Where a command may begin in a line of a shell. */
const BEGINS = String.raw`(?:^|[|;&(]\s*|\$\s+|\bnpx\s+|\bexec\s+)`;
/** Where the words of a command end. */
const ENDS = /\s(?:\|\|?|&&?|[0-9]?>>?|<|;|#)(?=\s)|[;)](?=\s|$)|\s-- |`/;

/** The scripts that a text runs by npm. */
export const npmScriptsIn = (text: string): string[] => [
  ...[...text.matchAll(/\bnpm (?:run|run-script)(?:\s+-{1,2}[\w-]+)*\s+([a-z][\w:-]*)/g)].map(([, name]) => name!),
  ...[...text.matchAll(/\bnpm (start|test)\b/g)].map(([, name]) => name!),
];

const program = createProgram({
  name: 'client-import',
  version: '0.0.0',
  sources: { configFolder: '', dataFolders: [] },
  terminal: {} as Terminal,
  end: () => undefined,
});
/** Options that commander adds to each command by itself. */
const OF_ALL = ['-h', '--help', '-V', '--version'];

/** What is wrong with the calls of the command line in a text, by the definitions that parse them. */
export function faultsOfCommandLines(text: string): string[] {
  const calls = [
    ...text.matchAll(new RegExp(`${BEGINS}(?:sudo )?(?:npm run (?:-s|--silent) cli --|client-import)\\s+(.+)`, 'g')),
  ];
  return calls.flatMap(([, rest]) => faultsOfCall(rest!.split(ENDS)[0]!));
}

function faultsOfCall(words: string): string[] {
  const tokens = words.match(/"[^"]*"|'[^']*'|[^\s]+/g) ?? [];
  let command: Command = program;
  let i = 0;
  for (; i < tokens.length && command.commands.length > 0; i += 1) {
    const names = tokens[i]!.split('|');
    if (isPlaceholder(tokens[i]!) || tokens[i]!.startsWith('-')) break;
    const found = names.map((name) =>
      command.commands.find((one) => one.name() === name || one.aliases().includes(name)),
    );
    const unknown = names.filter((_, n) => !found[n]);
    if (unknown.length > 0) return [`no command ${unknown.join(', ')}`];
    command = found[0]!;
  }
  if (command === program && tokens[i] && isPlaceholder(tokens[i]!)) return [];
  return tokens.slice(i).flatMap((token, n, all) => faultsOfToken(command, token, all[n + 1], all[n - 1]));
}

function faultsOfToken(
  command: Command,
  token: string,
  next: string | undefined,
  before: string | undefined,
): string[] {
  if (/^\[?-{1,2}\w/.test(token)) {
    const [flag = '', value] = token.replace(/^\[|\]$/g, '').split('=');
    if (OF_ALL.includes(flag)) return [];
    const option = optionOf(command, flag);
    if (!option) return [`${command.name()} has no ${flag}`];
    return faultsOfValue(option, flag, value ?? next);
  }
  const isValue = before !== undefined && optionOf(command, before)?.required === true;
  const choices = command.registeredArguments.find(({ argChoices }) => argChoices)?.argChoices;
  if (isValue || !choices || command.registeredArguments.length > 1 || isPlaceholder(token)) return [];
  return token
    .split('|')
    .filter((word) => !choices.includes(word))
    .map((word) => `${command.name()} takes no ${word}`);
}

const names = ({ short, long }: Option, flag: string): boolean => flag === short || flag === long;

const optionOf = (command: Command, flag: string): Option | undefined =>
  command.options.find((one) => names(one, flag)) ?? (command.parent ? optionOf(command.parent, flag) : undefined);

function faultsOfValue(option: Option, flag: string, value: string | undefined): string[] {
  if (!option.required) return [];
  if (value === undefined) return [`${flag} is without a value`];
  if (!option.argChoices || isPlaceholder(value)) return [];
  const words = value.replace(/[\],.]+$/, '').split('|');
  return words.filter((word) => !option.argChoices!.includes(word)).map((word) => `${flag} takes no ${word}`);
}

/** Such as ID, FILE…, <id>, [ACTION], $KEY or …. */
const isPlaceholder = (word: string): boolean => /^[[<$…{]|^[A-Z][A-Z:[\]]*(?:…|$)|…$/.test(word);

/** Whether a flag belongs to any command. */
export function isFlag(flag: string, command: Command = program): boolean {
  return (
    OF_ALL.includes(flag) ||
    command.options.some((one) => names(one, flag)) ||
    command.commands.some((one) => isFlag(flag, one))
  );
}

type Paths = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The routes in a text that the document of the API does not have; a path without a method may have any. */
export function unknownRoutes(text: string, paths: Paths): string[] {
  const found = [...text.matchAll(/(?:\b(GET|POST|PUT|PATCH|DELETE)\s+)?(?:https?:\/\/[^\s/]+)?(\/v1\/[^\s`'"),;]+)/g)];
  return found
    .map(([, method, path]) => ({ method, path: path!.split(/[?#]/)[0]!.replace(/[.…/]+$/, '') }))
    .filter(
      ({ method, path }) =>
        !Object.entries(paths).some(
          ([template, methods]) => isLike(path, template) && (method === undefined || method.toLowerCase() in methods),
        ),
    )
    .map(({ method, path }) => `${method ?? ''} ${path}`.trim());
}

function isLike(path: string, template: string): boolean {
  const [ours, theirs] = [path.split('/'), template.split('/')];
  return (
    ours.length === theirs.length &&
    theirs.every((part, i) => part === ours[i] || (part.startsWith('{') && ours[i] !== ''))
  );
}
