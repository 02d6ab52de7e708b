import type { Command } from 'commander';
import { bashScript } from './bash';
import { commandsOf } from './commands-of';
import type { CompletedCommand } from './commands-of';
import { fishScript } from './fish';
import { zshScript } from './zsh';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const SCRIPTS: Readonly<Record<Shell, (name: string, commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** The script by which a shell completes the commands of this program. Ids are asked for, and all else is in the script, so that
 * Tab answers at once. */
export const writeCompletion = (shell: Shell, program: Command): string =>
  SCRIPTS[shell](program.name(), commandsOf(program));
