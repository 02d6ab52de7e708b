import { Option } from 'commander';
import { IMPORT_KINDS, ON_EXISTING } from '../../contract/import';

export interface StartOptions {
  exit?: boolean;
  kind?: string;
  preview?: boolean;
  strict?: boolean;
  onExisting?: string;
  encoding?: string;
}

/** What `npm start` passes on to the command line, which explains and judges it. */
export const importOptions = (): Option[] => [
  new Option('--kind <kind>', 'which template the files follow; clients unless told').choices(IMPORT_KINDS),
  new Option('--preview', 'only show what would be done and sent'),
  new Option('--strict', 'refuse cells that would otherwise be corrected'),
  new Option('--on-existing <what>', 'what to do with people who are there already').choices(ON_EXISTING),
  new Option('--encoding <name>', 'encoding of the files, where it cannot be told from them'),
];

/** The options as the command line takes them. */
export const importArguments = ({ kind, preview, strict, onExisting, encoding }: StartOptions): string[] => [
  ...(kind ? ['--kind', kind] : []),
  ...(preview ? ['--preview'] : []),
  ...(strict ? ['--strict'] : []),
  ...(onExisting ? ['--on-existing', onExisting] : []),
  ...(encoding ? ['--encoding', encoding] : []),
];
