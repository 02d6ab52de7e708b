import type { Command } from 'commander';
import type { Session } from '../commands/session';
import { printable } from '../output/text';

export interface DefaultTeamOptions {
  /** Its name, or `none`. */
  defaultTeam?: string;
}

export const withDefaultTeamOption = (command: Command): Command =>
  command.option(
    '--default-team <name>',
    'client team of rows that name none from now on, or none (system administrators)',
  );

/** Changes the client team of rows that name none. */
export async function changeDefaultTeam({ api, err }: Session, name: string): Promise<void> {
  const { defaultTeam } = await api.changeOrganisation({ defaultTeam: name === 'none' ? null : name });
  err.write(
    defaultTeam === null
      ? 'Rows that name no client team are rejected.\n'
      : `Rows that name no client team go to ${printable(defaultTeam.name)}.\n`,
  );
}
