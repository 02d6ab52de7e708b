import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PidFile } from './pid-file';
import { messageOf, StartError } from './start-error';

const LINES_SHOWN = 8;
/** Lines that probably name a reason: mongod's severities, pino's levels, and words of the other programs. */
const REASON = /"s":"[EF]"|"level":[56]0|error|exception|fatal|cannot|refused|denied/i;

/** A running program of the stack. */
export interface Program {
  readonly name: string;
  readonly pid: number;
  /** Everything it has written since its start. */
  output(): string;
  /** Resolves when it has ended, with the way it ended, such as `exit code 1`. */
  readonly ended: Promise<string>;
  /** Sends SIGTERM, then SIGKILL after the grace. Resolves when it has ended. */
  stop(graceMs: number): Promise<void>;
}

export interface Launch {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Its output is appended to this file. */
  logFile: string;
  pids: PidFile;
  /** Opens a channel to one of our own programs, by which it notices our end; see `exit-with-parent.cjs`. */
  channel?: boolean;
  /** Rewrites each line of its output before it is in the file. */
  rewriteLine?: ((line: string) => string) | undefined;
}

/**
 * Starts a program in its own process group: a terminal sends Ctrl-C to the whole foreground group, which would end
 * all programs at once instead of in order.
 */
export function launch({
  name,
  command,
  args,
  env,
  cwd,
  logFile,
  pids,
  channel = false,
  rewriteLine,
}: Launch): Program {
  const log = openSync(logFile, 'a');
  try {
    const { size } = fstatSync(log);
    const child = spawn(command, args, {
      env,
      cwd,
      detached: true,
      stdio: rewriteLine ? ['ignore', 'pipe', 'pipe'] : channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    });
    if (rewriteLine) {
      for (const input of [child.stdout, child.stderr]) {
        // At once, so that the file has all of it by the time the program has ended.
        if (input) createInterface({ input }).on('line', (line) => appendFileSync(logFile, `${rewriteLine(line)}\n`));
      }
    }
    return asProgram(name, child, pids, () => readFileSync(logFile).subarray(size).toString());
  } finally {
    closeSync(log);
  }
}

function asProgram(name: string, child: ChildProcess, pids: PidFile, output: () => string): Program {
  const { pid } = child;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // Not `exit`, after which output may still come.
    child.once('close', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
  });
  if (pid === undefined) throw new StartError(`${name} could not be started: ${child.spawnfile} is not executable.`);
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
  /** Polled. A rejection means not yet; its reason is shown if the limit passes. */
  isReady: () => Promise<boolean>;
  limitMs: number;
  /** Stops the program when it fires. */
  signal: AbortSignal;
}

/** Waits until a program is ready. Throws a `StartError` if it ends first or takes too long; then it is stopped. */
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
    // Checked first: if another server answers on the port, our program has ended because of that.
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
  const reasons = lines.filter((line) => REASON.test(line));
  const shown = (reasons.length > 0 ? reasons : lines).slice(-LINES_SHOWN).map((line) => `  | ${line.slice(0, 400)}`);
  return new StartError([`${program.name} ${what}. Its output:`, ...shown].join('\n'));
}
