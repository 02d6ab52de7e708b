import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { StartError } from '../start-error';

/** A process by its id and command line: an id alone may belong to somebody else by the time it is read again. */
const processSchema = z.object({ name: z.string(), pid: z.number().int().positive(), commandLine: z.string() });
const fileSchema = z.object({ owner: processSchema, programs: z.array(processSchema) });
type Entry = z.infer<typeof processSchema>;

/** The programs that belong to this process, also on disk, so that a later start can stop what a kill -9 left behind. */
export interface PidFile {
  add(name: string, pid: number): void;
  remove(pid: number): void;
  /** Kills every one of them, now. */
  killAll(): void;
  /** Removes the file; for the end of a clean stop. */
  close(): void;
}

export function createPidFile(path: string): PidFile {
  const programs = new Map<number, Entry>();
  const owner = entry('owner', process.pid);
  function write(): void {
    // Somebody may remove the folder while we run: that ends the programs in it, but must not end this one.
    mkdirSync(dirname(path), { recursive: true });
    // Renamed into place: a reader never sees half a file, and neither does whoever comes after a crash.
    writeFileSync(`${path}.new`, JSON.stringify({ owner, programs: [...programs.values()] }, null, 2));
    renameSync(`${path}.new`, path);
  }
  write();
  return {
    add(name, pid) {
      programs.set(pid, entry(name, pid));
      write();
    },
    remove(pid) {
      if (programs.delete(pid)) write();
    },
    killAll: () => [...programs.values()].forEach(({ pid }) => signal(pid, 'SIGKILL')),
    close: () => rmSync(path, { force: true }),
  };
}

const entry = (name: string, pid: number): Entry => ({ name, pid, commandLine: commandLineOf(pid) ?? '' });

/**
 * Stops what an earlier start recorded in the file and left running. Throws a `StartError` if that start still runs.
 * Returns the names of what was stopped.
 */
export async function stopLeftovers(path: string, graceMs: number): Promise<string[]> {
  const file = read(path);
  if (!file) return [];
  // In a container the ids repeat from run to run, so the earlier owner may have had this very one.
  if (file.owner.pid !== process.pid && isRunning(file.owner)) {
    throw new StartError(
      `Another start (process ${file.owner.pid}) uses the data beside ${path}.\n` +
        'Stop it first, or give this one a folder and ports of its own: CLIENT_IMPORT_DATA, PORT, TEMPORAL_PORT, ' +
        'TEMPORAL_UI_PORT, MONGODB_PORT, SANDBOX_PORT.',
    );
  }
  const leftovers = file.programs.filter(isRunning);
  leftovers.forEach(({ pid }) => signal(pid, 'SIGTERM'));
  const deadline = Date.now() + graceMs;
  while (leftovers.some(isRunning)) {
    if (Date.now() > deadline) leftovers.filter(isRunning).forEach(({ pid }) => signal(pid, 'SIGKILL'));
    await sleep(50);
  }
  rmSync(path, { force: true });
  return leftovers.map(({ name }) => name);
}

function read(path: string): z.infer<typeof fileSchema> | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(`${path} cannot be read. Remove it if no earlier start of client-import is running.`);
  }
}

const isRunning = ({ pid, commandLine }: Entry): boolean => commandLine !== '' && commandLineOf(pid) === commandLine;

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** `undefined` where there is no such process. A zombie counts as none: it holds nothing any more. */
function commandLineOf(pid: number): string | undefined {
  try {
    const line =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    return line.trim() || undefined;
  } catch {
    return undefined;
  }
}
