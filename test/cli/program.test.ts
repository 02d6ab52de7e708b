import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../cli/program';
import type { Terminal } from '../../cli/commands/session';

const DOCS = readFileSync(join(__dirname, '..', '..', 'docs', 'cli.md'), 'utf8');

describe('The commands of the command line', () => {
  const { commands } = createProgram({
    name: 'client-import',
    url: undefined,
    key: undefined,
    terminal: {} as Terminal,
    end: () => undefined,
  });

  test('are all there', () => {
    expect(commands.map((command) => command.name()).sort()).toEqual(
      'admin apply audit batch cancel check correct erase events failed-rows ignore import pause remind report resume retry status template verify-events'.split(
        ' ',
      ),
    );
  });

  const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)];

  test.each(commands.flatMap(withSubcommands).map((command) => [command.name(), command] as const))(
    '%s stands in docs/cli.md with each of its flags',
    (name, command) => {
      expect(DOCS).toMatch(new RegExp(`\\b${name}\\b`));
      for (const { long } of command.options) expect(DOCS).toMatch(new RegExp(`${long}(?![\\w-])`));
    },
  );
});
