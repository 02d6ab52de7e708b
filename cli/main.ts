#!/usr/bin/env node
import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { createApiClient, CliError } from './api-client';
import { importFiles } from './import-files';

if (existsSync('.env')) process.loadEnvFile('.env');

const program = new Command('client-import')
  .description('Import clients from CSV files. Exit codes: 0 all good, 1 could not run, 2 finished with problems.')
  .showHelpAfterError();

program
  .command('import')
  .description('upload CSV files, follow them to their end and show what needs attention')
  .argument('<files...>', 'CSV files in the clients template, at most 500 rows each')
  .option(
    '--url <url>',
    'address of the API (CLIENT_IMPORT_URL)',
    process.env.CLIENT_IMPORT_URL ?? 'http://127.0.0.1:3000',
  )
  .option('--key <key>', 'API key (CLIENT_IMPORT_KEY)')
  .action(async (files: string[], { url, key = process.env.CLIENT_IMPORT_KEY }: { url: string; key?: string }) => {
    if (!key)
      throw new CliError(
        'No API key: give --key, or set CLIENT_IMPORT_KEY. Local keys are in .client-import/keys.json.',
      );
    const api = createApiClient(url.replace(/\/$/, ''), key);
    process.exitCode = await importFiles(api, files, { out: process.stdout, err: process.stderr });
  });

program.parseAsync().catch((error: unknown) => {
  const text = error instanceof CliError ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
