import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { createProgram } from '../../cli/program';
import type { Terminal } from '../../cli/commands/session';

const PROJECT = join(__dirname, '..', '..');
const TSX = pathToFileURL(require.resolve('tsx')).href;

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
}

/** Runs the command line in a process of its own, as a person does, and resolves to all that came of it. */
export async function runCli(args: string[], { cwd = PROJECT, env = {}, entry }: RunOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', TSX, join(PROJECT, entry ?? 'cli/main.ts'), ...args], {
    cwd,
    env: { ...process.env, CLIENT_IMPORT_KEY: '', CLIENT_IMPORT_URL: '', npm_lifecycle_event: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  let err = '';
  child.stdout.on('data', (data: Buffer) => out.push(data));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const bytes = Buffer.concat(out);
  return { code, out: bytes.toString(), err, bytes };
}

/** Runs it in this process, which is quicker, for what does not depend on the process. Only commander's own refusals end it. */
export async function runHere(args: string[]): Promise<Omit<Ended, 'bytes'>> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const ended = { code: 0, out: '', err: '' };
  out.on('data', (data: Buffer) => (ended.out += data.toString()));
  err.on('data', (data: Buffer) => (ended.err += data.toString()));
  const program = createProgram({
    name: 'client-import',
    url: 'http://127.0.0.1:9',
    key: undefined,
    terminal: { out, err } as unknown as Terminal,
    end: (code) => (ended.code = code),
  });
  await program.parseAsync(args, { from: 'user' });
  return ended;
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
