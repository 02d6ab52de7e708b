#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { CliError } from './http/cli-error';
import { createProgram } from './program';

const { env, stdout, stderr } = process;
if (existsSync('.env')) process.loadEnvFile('.env');
// npm runs a script in the project's folder; a person names files from the current folder.
if (env.npm_lifecycle_event === 'cli' && env.INIT_CWD) process.chdir(env.INIT_CWD);

// `head` closes the pipe early, which is not an error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode);
});

const byNpm = env.npm_lifecycle_event === 'cli' || env.npm_lifecycle_event === 'start';
createProgram({
  name: byNpm ? 'npm run cli --' : 'client-import',
  url: env.CLIENT_IMPORT_URL,
  key: env.CLIENT_IMPORT_KEY,
  terminal: { out: stdout, err: stderr },
  end: (code) => void (process.exitCode = code),
})
  .parseAsync()
  .catch((error: unknown) => {
    stderr.write(`${error instanceof CliError ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
