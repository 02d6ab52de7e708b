import { Command } from 'commander';
import { importOptions } from './import-files';
import type { StartOptions } from './import-files';
import { describeStartError, startHere } from './start';

const command = new Command('npm start --')
  .description('Starts client-import on this machine and imports the files, if any.')
  .argument('[files...]', 'CSV or Excel files in one of the templates')
  .option('--exit', 'end after the import: 0 all good, 2 finished with problems or things left to do, 1 could not run')
  .showHelpAfterError()
  .action(async (files: string[], options: StartOptions) => {
    process.exit(await startHere(files, options));
  });
importOptions().forEach((option) => command.addOption(option));

command.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${describeStartError(error)}\n`);
  process.exit(1);
});
