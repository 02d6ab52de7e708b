import { Command } from 'commander';
import { addAdminCommands } from './admin-commands';
import { addAuditLogCommands } from './audit-log-commands';
import type { Commands } from './command-context';
import type { Session, Terminal } from './commands/session';
import { flagsOf, requireKey, resolveConnection } from './connection/resolve-connection';
import type { ConnectionOptions, ConnectionSources } from './connection/resolve-connection';
import { addExamples, addGroups } from './examples';
import { createApiClient } from './http/api-client';
import { addImportCommands } from './import-commands';
import { addListCommands } from './list-commands';
import { addLookupCommands } from './lookup-commands';
import { addMachineCommands } from './machine-commands';
import { addTextsCommands } from './texts-commands';
import { addOperatorCommands } from './operator-commands';
import { addScheduleCommands } from './schedule/schedule-commands';
import { withConnectionOptions } from './options';
import { asCalled } from './called-by';

export interface CliContext {
  /** How a person calls this program here. */
  name: string;
  version: string;
  sources: ConnectionSources;
  terminal: Terminal;
  end: (exitCode: number) => void;
}

/** All commands with their options. Each translates what was typed into one call. */
export function createProgram({ name, version, sources, terminal, end }: CliContext): Command {
  const program = new Command('client-import')
    .description(
      'Import clients and staff from CSV and Excel files.\n' +
        'Exit codes: 0 all good, 1 could not run, 2 finished with problems or things left to do, 130 stopped by Ctrl-C.',
    )
    .version(version, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      `\nBegin with:\n  ${name} import --preview clients.csv    look first; nothing is created or sent\n` +
        `  ${name} COMMAND --help                  options and examples of a command\n`,
    );

  const online = (nameAndArguments: string): Command => withConnectionOptions(program.command(nameAndArguments));

  async function connect(options: ConnectionOptions): Promise<Session> {
    const { url, key } = requireKey(await resolveConnection(options, sources));
    return {
      ...terminal,
      api: createApiClient(url, key),
      commandLine: (args) => `${name} ${args}${flagsOf(options)}`,
    };
  }

  const commands: Commands = { program, online, connect, terminal, end };
  addImportCommands(commands);
  addOperatorCommands(commands);
  addScheduleCommands(commands);
  addListCommands(commands);
  addLookupCommands(commands);
  addTextsCommands(commands);
  addAuditLogCommands(commands);
  addMachineCommands(commands, sources);
  addAdminCommands(program, terminal, end);
  addExamples(program);
  addGroups(program);
  explainErrorsBriefly(program, name);
  writeHelpAsCalled(program, name, terminal);
  return program;
}

/** One line where a command was mistyped: what is wrong, and what may be meant or where to read on. */
function explainErrorsBriefly(command: Command, calledBy: string): void {
  const outputError = (text: string, write: (text: string) => void): void => {
    const [, what = text, suggestion] = /^error: (.*?)(?:\n\((.*)\))?\s*$/s.exec(text) ?? [];
    const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}${/[.?]$/.test(what) ? '' : '.'}`;
    write(`${sentence} ${suggestion ?? `See: ${calledBy} --help`}\n`);
  };
  command.configureOutput({ outputError });
  for (const below of command.commands) explainErrorsBriefly(below, `${calledBy} ${below.name()}`);
}

/** Usage and examples can be typed as they stand. */
function writeHelpAsCalled(command: Command, calledBy: string, terminal: Terminal): void {
  command.configureOutput({ writeOut: (text) => void terminal.out.write(asCalled(text, calledBy)) });
  for (const below of command.commands) writeHelpAsCalled(below, calledBy, terminal);
}
