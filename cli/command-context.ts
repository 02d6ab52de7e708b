import type { Command } from 'commander';
import type { Session, Terminal } from './commands/session';
import type { ConnectionOptions } from './connection/resolve-connection';

/** What the commands are made with. */
export interface Commands {
  program: Command;
  /** Adds a command that calls the API. */
  online: (nameAndArguments: string) => Command;
  connect: (options: ConnectionOptions) => Promise<Session>;
  terminal: Terminal;
  end: (exitCode: number) => void;
}
