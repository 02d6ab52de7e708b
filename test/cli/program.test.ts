import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../cli/program';
import type { Terminal } from '../../cli/commands/session';

const DOCS = readFileSync(join(__dirname, '..', '..', 'docs', 'cli.md'), 'utf8');

describe('The commands of the command line', () => {
  const { commands } = createProgram({
    name: 'client-import',
    version: '0.0.0',
    sources: { configFolder: '', dataFolders: [] },
    terminal: {} as Terminal,
    end: () => undefined,
  });

  test('are all there', () => {
    expect(commands.map((command) => command.name()).sort()).toEqual(
      'admin apply audit batch cancel check clients complete completion correct doctor erase events failed-rows find ignore import keys list login logout organisation pause remind report resume retry row rows send-at send-now staff status teams template texts undo up verify-events'.split(
        ' ',
      ),
    );
  });

  test('are in a group of the help, all but the one that shells call', () => {
    const loose = commands.filter((command) => !command.helpGroup()).map((command) => command.name());
    expect(loose).toEqual(['complete']);
  });

  const leaves = (command: Command, path: string): [string, Command][] =>
    command.commands.length === 0
      ? [[path, command]]
      : command.commands.flatMap((one) => leaves(one, `${path} ${one.name()}`));

  test.each(commands.flatMap((command) => leaves(command, command.name())).filter(([path]) => path !== 'complete'))(
    '%s has examples in its help, with options that it knows',
    (path, command) => {
      let help = '';
      command.configureOutput({ writeOut: (text) => (help += text) });
      command.outputHelp();
      const examples = help.split('\n').filter((line) => line.includes(`client-import ${path}`));
      expect(examples).not.toEqual([]);
      const known = command.options.flatMap(({ short, long }) => [short, long]);
      const used = examples.flatMap((line) => line.match(/(?<= )--?[a-z][a-z-]*/g) ?? []);
      expect(used.filter((flag) => !known.includes(flag))).toEqual([]);
    },
  );

  const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)];

  test.each(commands.flatMap(withSubcommands).map((command) => [command.name(), command] as const))(
    '%s stands in docs/cli.md with each of its flags',
    (name, command) => {
      const missing = [
        `\\b${name}\\b`,
        ...command.options.flatMap(({ long }) => (long ? [`${long}(?![\\w-])`] : [])),
      ].filter((pattern) => !new RegExp(pattern).test(DOCS));
      expect(missing).toEqual([]);
    },
  );
});
