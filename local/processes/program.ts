import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PidFile } from './pid-file';
import { messageOf, StartError } from '../start-error';

const LINES_SHOWN = 8;
/** What sounds like a reason, in the logs of all four kinds: mongod's severities, pino's levels, and words. */
const COMPLAINT = /"s":"[EF]"|"level":[56]0|error|exception|fatal|cannot|refused|denied/i;

/** A running program of the stack. */
export interface Program {
  readonly name: string;
  readonly pid: number;
  /** What it has written since it was started. */
  output(): string;
  /** Settles when it has ended, however that came about, with the manner of its end in words. */
  readonly ended: Promise<string>;
  /** Asks it to end and kills it when it has not within the time. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

export interface Launch {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Output is appended here. */
  logFile: string;
  pids: PidFile;
  /** For our own programs: a channel whose end tells them that we are gone; see `exit-with-parent.cjs`. */
  channel?: boolean;
}

/**
 * Starts a program in a process group of its own: the Ctrl-C of a terminal goes to the whole group of the foreground,
 * and would end all programs at once instead of one after the other.
 */
export function launch({ name, command, args, env, cwd, logFile, pids, channel = false }: Launch): Program {
  const log = openSync(logFile, 'a');
  try {
    const { size } = fstatSync(log);
    const child = spawn(command, args, {
      env,
      cwd,
      detached: true,
      stdio: channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    });
    return asProgram(name, child, pids, () => readFileSync(logFile).subarray(size).toString());
  } finally {
    closeSync(log);
  }
}

function asProgram(name: string, child: ChildProcess, pids: PidFile, output: () => string): Program {
  const { pid } = child;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
  });
  if (pid === undefined) throw new StartError(`${name} could not be started: ${child.spawnfile} cannot be run.`);
  pids.add(name, pid);
  void ended.then(() => pids.remove(pid));
  return {
    name,
    pid,
    output,
    ended,
    async stop(graceMs) {
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(timer);
    },
  };
}

export interface Readiness {
  /** Asked again and again. A rejection means not yet, and its reason is told if the limit passes. */
  isReady: () => Promise<boolean>;
  limitMs: number;
  /** Gives up and stops the program when it fires. */
  signal: AbortSignal;
}

/** Waits until a program is ready. If it ends before, or takes too long, nothing stays behind and a `StartError` tells. */
export async function untilReady(program: Program, { isReady, limitMs, signal }: Readiness): Promise<Program> {
  const deadline = Date.now() + limitMs;
  const seen: { end?: string; reason?: string } = {};
  const ended = program.ended.then((manner) => {
    seen.end = manner;
    return false;
  });
  for (;;) {
    const asked = isReady().catch((error: unknown) => {
      seen.reason = messageOf(error);
      return false;
    });
    const ready = await Promise.race([asked, ended]);
    // Asked second: where another server answers on the port, ours has ended because of it.
    if (seen.end !== undefined) throw failure(program, `ended before it was ready (${seen.end})`);
    if (ready) return program;
    if (signal.aborted || Date.now() > deadline) {
      await program.stop(1_000);
      signal.throwIfAborted();
      throw failure(program, `was not ready within ${limitMs / 1000} s${seen.reason ? ` (${seen.reason})` : ''}`);
    }
    await sleep(25);
  }
}

function failure(program: Program, what: string): StartError {
  const lines = program.output().trimEnd().split('\n');
  const told = lines.filter((line) => COMPLAINT.test(line));
  const shown = (told.length > 0 ? told : lines).slice(-LINES_SHOWN).map((line) => `  | ${line.slice(0, 400)}`);
  return new StartError([`${program.name} ${what}. It says:`, ...shown].join('\n'));
}
