import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { until } from '../support/until';

/** What happens at a fail point, once. */
export interface FaultCommand {
  id: string;
  act: 'die' | 'pause';
  /** Length of a pause, in milliseconds. */
  forMs: number;
  /** Takes effect when a process reaches the point for the nth time since the command. */
  nth: number;
}

/** Commands of a test to its workers. They are files, so that exactly one of many processes takes each. */
export function createFaultCommands(folder: string) {
  mkdirSync(folder, { recursive: true });
  const passes = new Map<string, number>();
  const fileOf = (point: string): string => join(folder, `${point}.command`);
  const taken = (point: string): number[] =>
    readdirSync(folder).flatMap((name) => {
      const [of, state, pid] = name.split('.');
      return of === point && state === 'taken' ? [Number(pid)] : [];
    });

  return {
    folder,

    give(point: string, { act = 'die', forMs = 0, nth = 1 }: Partial<Omit<FaultCommand, 'id'>> = {}): void {
      for (const pid of taken(point)) rmSync(join(folder, `${point}.taken.${pid}`));
      const command: FaultCommand = { id: randomUUID(), act, forMs, nth };
      // Renamed into place: no worker reads half of it.
      writeFileSync(`${fileOf(point)}.new`, JSON.stringify(command));
      renameSync(`${fileOf(point)}.new`, fileOf(point));
    },

    withdraw: (point: string): void => rmSync(fileOf(point), { force: true }),

    /** Waits for the process that takes the command, and returns its id. */
    executor: async (point: string, timeoutMs?: number): Promise<number> => {
      const [pid] = await until(
        `a worker at the point ${point}`,
        async () => taken(point),
        (pids) => pids.length > 0,
        timeoutMs,
      );
      return pid!;
    },

    /** For the worker: the command of this point, unless another process takes it. */
    take(point: string): FaultCommand | undefined {
      try {
        const command = JSON.parse(readFileSync(fileOf(point), 'utf8')) as FaultCommand;
        const pass = (passes.get(command.id) ?? 0) + 1;
        passes.set(command.id, pass);
        if (pass < command.nth) return undefined;
        renameSync(fileOf(point), join(folder, `${point}.taken.${process.pid}`));
        return command;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
export type FaultCommands = ReturnType<typeof createFaultCommands>;
