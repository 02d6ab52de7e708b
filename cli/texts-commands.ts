import { Option } from 'commander';
import type { ConnectionOptions } from './connection/resolve-connection';
import { examples } from './examples';
import { parseCount, withOutputOption } from './options';
import { actOnText, listTexts } from './texts/show-texts';
import type { TextOptions } from './texts/show-texts';
import type { Commands } from './command-context';

/** The command for the texts of messages. */
export function addTextsCommands({ online, connect }: Commands): void {
  withOutputOption(online('texts'))
    .description('list the texts of messages, show one, or change it (system administrators)')
    .argument('[id]', 'channel and language, such as email:de or sms:fr-CH')
    .option('--save <file>', 'save the text in this JSON file as a new version')
    .addOption(new Option('--replaces <version>', 'save: only over this version').argParser(parseCount))
    .addOption(new Option('--restore <version>', 'send this version again').argParser(parseCount))
    .option('--built-in', 'send the built-in text again')
    .option(
      '--preview [row]',
      'as one person gets it: of a row as f62ff629:17, else an example; with --save of that file',
    )
    .option('--test <staff>', 'send it to the member of staff with this id')
    .addHelpText(
      'after',
      examples(
        ['texts', 'what is sent in each language'],
        ['texts sms:de --save text.json --preview', 'how many segments a new text takes'],
        ['texts email:de --save text.json', 'send it from now on'],
      ),
    )
    .action(async (id: string | undefined, options: TextOptions & ConnectionOptions) => {
      const session = await connect(options);
      await (id === undefined ? listTexts(session, options.output) : actOnText(session, id, options));
    });
}
