// Light, unlike the rest of this folder: the options of a start are wanted for the help of every command.
export { importOptions } from '../../local/import-files';
export type { StartOptions } from '../../local/import-files';
