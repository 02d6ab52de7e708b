import { formatTable } from './output/table';

/** Examples for the help of a command, each with what it is for. */
export const examples = (...lines: readonly (readonly [command: string, what: string])[]): string =>
  `\nExamples:\n${formatTable(lines.map(([command, what]) => [`client-import ${command}`, what]))}\n`;
