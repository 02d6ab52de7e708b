import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { COMMAND_LINE, START } from './project';
import { StartError } from './start-error';

/** A process by id and command line: the operating system may give the id alone to another process later. */
const processSchema = z.object({ name: z.string(), pid: z.number().int().positive(), commandLine: z.string() });
const fileSchema = z.object({ owner: processSchema, programs: z.array(processSchema) });
type Entry = z.infer<typeof processSchema>;

/** The programs of this process, recorded on disk so that a later start can stop them after a kill -9. */
export interface PidFile {
  add(name: string, pid: number): void;
  remove(pid: number): void;
  /** Kills all programs at once. */
  killAll(): void;
  /** Removes the file after a clean stop. */
  close(): void;
}

export function createPidFile(path: string): PidFile {
  const programs = new Map<number, Entry>();
  const owner = entry('owner', process.pid);
  function write(): void {
    // If the user removes the folder meanwhile, its programs end, but this one must not.
    mkdirSync(dirname(path), { recursive: true });
    // Renamed into place: no reader sees half a file, not even after a crash.
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
 * Stops the programs that an earlier start recorded in the file and left running; returns their names.
 * Throws a `StartError` if that start itself still runs.
 */
export async function stopLeftovers(path: string, graceMs: number): Promise<string[]> {
  const file = read(path);
  if (!file) return [];
  // In a container process ids repeat from run to run: the earlier owner may have had our own.
  if (file.owner.pid !== process.pid && isRunning(file.owner)) {
    throw new StartError(
      `client-import runs already with the data in ${dirname(path)} (process ${file.owner.pid}). To import a file, give it to ` +
        `that one: ${COMMAND_LINE} import FILE\n` +
        'To start again, stop it first. To start a second one, give it a folder and ports of its own, 0 for any that is free:\n' +
        `  CLIENT_IMPORT_DATA=.client-import-2 PORT=0 TEMPORAL_PORT=0 TEMPORAL_UI_PORT=0 MONGODB_PORT=0 SANDBOX_PORT=0 ${START}`,
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
    throw new StartError(`${path} is not readable. Remove it if no other start of client-import is running.`);
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

/** `undefined` if the process does not exist or is a zombie, which holds no resources any more. */
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
