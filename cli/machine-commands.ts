import { Argument } from 'commander';
import { createRequire } from 'node:module';
import { SHELLS, writeCompletion } from './completion/index';
import type { CompletedIds } from './completion/commands-of';
import { listIds } from './completion/list-ids';
import { ID_KINDS } from './completion/quote';
import type { Shell } from './completion/index';
import { logIn, logOut } from './connection/login';
import type { ConnectionOptions, ConnectionSources } from './connection/resolve-connection';
import type * as Local from './local/index';
import { importOptions } from './local/start-options';
import type { StartOptions } from './local/start-options';
import { withConnectionOptions, withOutputOption } from './options';
import type { Output } from './data/formats';
import { examples } from './examples';
import type { Commands } from './command-context';

/** Loaded by the commands that start the stack or look at it: its libraries would slow the start of all others. */
const local = (): typeof Local => createRequire(__filename)('./local/index') as typeof Local;

/** The commands for this machine: its profiles, its shells, and the stack that runs on it. */
export function addMachineCommands({ program, connect, terminal, end }: Commands, sources: ConnectionSources): void {
  program
    .command('login')
    .description('keep the address of an API and a key for it, readable by you alone')
    .requiredOption('--url <url>', 'address of the API')
    .option('--key <key>', 'API key; without, it is asked for, or read from a pipe')
    .option('--profile <name>', 'keep it under a name, beside others')
    .addHelpText(
      'after',
      examples(
        ['login --url https://import.example.com', 'asks for the key without showing it'],
        ['login --url https://import.example.com --profile live < key.txt', 'from a file, as one of several'],
      ),
    )
    .action((options: ConnectionOptions) => logIn(options, sources, terminal));

  program
    .command('logout')
    .description('forget a profile; its key works on')
    .option('--profile <name>', 'which; the current one without')
    .action((options: ConnectionOptions) => logOut(options, sources, terminal));

  withOutputOption(withConnectionOptions(program.command('doctor')))
    .description('explain each dependency: where it was found, and what is wrong')
    .action(async (options: ConnectionOptions & { output: Output }) => {
      const version = program.version() ?? '';
      end(await local().diagnose({ ...options, version }, sources, terminal));
    });

  const up = program
    .command('up')
    .description('start everything on this machine, and import the files, if any: servers, API, worker and sandbox')
    .argument('[files...]', 'CSV or Excel files in one of the templates')
    .option('--exit', 'end after the import instead of running until Ctrl-C')
    .action(async (files: string[], options: StartOptions) => {
      try {
        process.exit(await local().startHere(files, options));
      } catch (error) {
        terminal.err.write(`${local().describeStartError(error)}\n`);
        process.exit(1);
      }
    });
  importOptions().forEach((option) => up.addOption(option));

  withConnectionOptions(program.command('complete', { hidden: true }))
    .description('list ids for the completion of a shell')
    .addArgument(new Argument('<kind>').choices(ID_KINDS))
    .argument('[beginning]', 'as it is typed so far', '')
    .action(async (kind: CompletedIds, beginning: string, options: ConnectionOptions) => {
      const session = await connect(options).catch(() => undefined);
      // A request that is still open would keep the process.
      if (session && !(await listIds(session, kind, beginning))) process.exit(1);
    });

  program
    .command('completion')
    .description('write the script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText(
      'after',
      `
Once for all:
  bash  client-import completion bash > ~/.local/share/bash-completion/completions/client-import
  zsh   client-import completion zsh > "\${fpath[1]}/_client-import"
  fish  client-import completion fish > ~/.config/fish/completions/client-import.fish
`,
    )
    .action((shell: Shell) => void terminal.out.write(writeCompletion(shell, program)));
}
