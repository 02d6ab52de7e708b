#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CliError } from './http/cli-error';
import { asCalled } from './called-by';
import { createProgram } from './program';

const { env, stdin, stdout, stderr } = process;
if (existsSync('.env')) process.loadEnvFile('.env');
// npm runs a script in the project's folder; a person names files from the current folder.
const byNpm = env.npm_lifecycle_event === 'cli' || env.npm_lifecycle_event === 'start';
const project = process.cwd();
if (env.npm_lifecycle_event === 'cli' && env.INIT_CWD) process.chdir(env.INIT_CWD);

// `head` closes the pipe early, which is not an error; a full disk is one.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode);
  stderr.write(`The results cannot be written (${error.code}), so they are not whole.\n`);
  process.exit(1);
});

/** The current folder and those around it. */
function foldersUp(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}

/** The nearest one, from the sources or from a build. */
function readVersion(): string {
  const path = foldersUp(__dirname)
    .map((folder) => join(folder, 'package.json'))
    .find((candidate) => existsSync(candidate));
  return path === undefined ? 'unknown' : (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

const dataFolders = env.CLIENT_IMPORT_DATA
  ? [resolve(env.CLIENT_IMPORT_DATA)]
  : [...foldersUp(process.cwd()), project].map((folder) => join(folder, '.client-import'));

const name = byNpm ? 'npm run -s cli --' : 'client-import';
createProgram({
  name,
  version: readVersion(),
  sources: {
    url: env.CLIENT_IMPORT_URL,
    key: env.CLIENT_IMPORT_KEY,
    profile: env.CLIENT_IMPORT_PROFILE,
    configFolder: join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'client-import'),
    dataFolders,
  },
  terminal: { in: stdin, out: stdout, err: stderr },
  end: (code) => void (process.exitCode = code),
})
  .parseAsync()
  .catch((error: unknown) => {
    stderr.write(`${asCalled(error instanceof CliError ? error.message : String(error), name)}\n`);
    process.exitCode = 1;
  });
