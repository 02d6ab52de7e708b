import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { createProgram } from '../../cli/program';
import { CliError } from '../../cli/http/cli-error';
import type { Terminal } from '../../cli/commands/session';
import type { ConnectionSources } from '../../cli/connection/resolve-connection';

const PROJECT = join(__dirname, '..', '..');
/** A folder that is not there, so that no test finds the profiles and keys of whoever runs it. */
const NOWHERE = join(tmpdir(), 'client-import-nowhere');
const TSX = pathToFileURL(require.resolve('tsx')).href;

const ELSEWHERE = { XDG_CONFIG_HOME: NOWHERE, CLIENT_IMPORT_DATA: NOWHERE };

export interface Ended {
  code: number;
  out: string;
  err: string;
  /** The results as they were written, for a command that writes a file to them. */
  bytes: Buffer;
}

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  entry?: string;
  /** What is piped in. */
  input?: string | Uint8Array;
}

/** The command line as a process of its own. */
export const cliCommand = (args: readonly string[], { env = {}, entry = 'cli/main.ts' }: RunOptions = {}) => ({
  command: [process.execPath, '--import', TSX, join(PROJECT, entry), ...args],
  env: {
    ...process.env,
    ...{ CLIENT_IMPORT_KEY: '', CLIENT_IMPORT_URL: '', CLIENT_IMPORT_PROFILE: '', npm_lifecycle_event: '' },
    ...ELSEWHERE,
    ...env,
  } as NodeJS.ProcessEnv,
});

/** Runs the command line in a process of its own, as a person does, and resolves to all that came of it. */
export async function runCli(args: string[], options: RunOptions = {}): Promise<Ended> {
  const { command, env } = cliCommand(args, options);
  const child = spawn(command[0]!, command.slice(1), {
    cwd: options.cwd ?? PROJECT,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(options.input ?? '');
  const out: Buffer[] = [];
  let err = '';
  child.stdout.on('data', (data: Buffer) => out.push(data));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const bytes = Buffer.concat(out);
  return { code, out: bytes.toString(), err, bytes };
}

/** Runs it in this process, which is quicker, for what does not depend on the process. Only commander's own refusals end it. */
export async function runHere(
  args: string[],
  { sources = {}, input = '' }: { sources?: Partial<ConnectionSources>; input?: string } = {},
): Promise<Omit<Ended, 'bytes'>> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const ended = { code: 0, out: '', err: '' };
  out.on('data', (data: Buffer) => (ended.out += data.toString()));
  err.on('data', (data: Buffer) => (ended.err += data.toString()));
  const program = createProgram({
    name: 'client-import',
    version: '0.0.0',
    sources: { url: 'http://127.0.0.1:9', configFolder: NOWHERE, dataFolders: [], ...sources },
    terminal: { in: Readable.from([Buffer.from(input)]), out, err } as unknown as Terminal,
    end: (code) => (ended.code = code),
  });
  await program.parseAsync(args, { from: 'user' });
  return ended;
}

/** The same, with what keeps a command from doing its work as a process would end with it. */
export async function runTold(
  args: string[],
  options: Parameters<typeof runHere>[1] = {},
): Promise<Omit<Ended, 'bytes'>> {
  try {
    return await runHere(args, options);
  } catch (error) {
    if (error instanceof CliError) return { code: 1, out: '', err: error.message };
    throw error;
  }
}

/** A folder for the files of one suite. */
export function createFolder() {
  const path = mkdtempSync(join(tmpdir(), 'client-import-cli-'));
  return {
    path,
    at: (name: string): string => join(path, name),
    file(name: string, content: string | Uint8Array): string {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The table and its sentences without the line breaks that the width of a terminal brings. */
export const unwrapped = (text: string): string => text.replace(/\s+/g, ' ');
