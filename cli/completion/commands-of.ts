import type { Argument, Command, Option } from 'commander';
import { IdArgument } from '../options';

/** A flag with its values, as a shell completes it. */
export interface CompletedOption {
  /** Such as `-o` and `--output`. */
  flags: string[];
  description: string;
  takesValue: boolean;
  /** Empty where any value is possible, such as the name of a file. */
  choices: readonly string[];
}

export type CompletedIds = IdArgument['of'];

/** A command with what may follow it. */
export interface CompletedCommand {
  /** Its names from the top, such as `admin keys create`; empty for the program itself. */
  path: string;
  description: string;
  subcommands: { name: string; description: string }[];
  options: CompletedOption[];
  /** Words that an argument may be. */
  words: readonly string[];
  /** Whose ids its first argument is, or all are. */
  ids: { of: CompletedIds; many: boolean } | undefined;
}

/** The program and all its commands, each with its options, from the definitions that parse them. */
export function commandsOf(command: Command, path = ''): CompletedCommand[] {
  const below = command.createHelp().visibleCommands(command);
  const subcommands = below.map((one) => ({ name: one.name(), description: one.description() }));
  const help = command.createHelp().visibleOptions(command).map(fromOption);
  const words = command.registeredArguments.flatMap(({ argChoices }: Argument) => argChoices ?? []);
  return [
    { path, description: command.description(), subcommands, options: help, words, ids: idsOf(command) },
    ...command.commands.flatMap((one) => commandsOf(one, `${path} ${one.name()}`.trim())),
  ];
}

const idsOf = ({ registeredArguments: [first] }: Command): CompletedCommand['ids'] =>
  first instanceof IdArgument ? { of: first.of, many: first.variadic } : undefined;

const fromOption = ({ short, long, description, required, optional, argChoices }: Option): CompletedOption => ({
  flags: [short, long].filter((flag) => flag !== undefined),
  description,
  takesValue: required || optional,
  choices: argChoices ?? [],
});
