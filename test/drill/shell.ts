import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../local/processes/project';
import { until } from '../support/until';
import type { Step } from './run-book';

/** What stands for the words in capitals of a command, such as `ID`. */
export type Names = Readonly<Record<string, string>>;

interface Output {
  code: number;
  text: string;
}

const COMMAND_MS = 90_000;
const COMES_TO_MS = 60_000;
/** Commands that only look may be given again until they see it. */
const LOOKS =
  /^(?:curl (?!.*(?:-d|-X|-F) )|client-import (?:status|list|rows|audit|staff)\b|temporal \S+ (?:describe|list|count)\b)/;
/** `client-import` ends with 2 where something is left to do. */
const DONE = [0, 2];

/** A shell of the operator: the programs that the run book names, and the settings by which they reach the product. */
export function openShell(folder: string, environment: NodeJS.ProcessEnv, links: Names) {
  const bin = join(folder, 'bin');
  const work = join(folder, 'work');
  for (const path of [bin, work]) mkdirSync(path, { recursive: true });
  symlinkSync(process.env.TEST_TEMPORAL_BINARY!, join(bin, 'temporal'));
  const tsx = join(PROJECT, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const program = `#!/bin/sh\nexec '${process.execPath}' --import '${tsx}' '${join(PROJECT, 'cli', 'main.ts')}' "$@"\n`;
  writeFileSync(join(bin, 'client-import'), program);
  chmodSync(join(bin, 'client-import'), 0o755);
  const env = { ...environment, PATH: `${bin}:${process.env.PATH}`, NO_COLOR: '1' };

  const run = (command: string): Promise<Output> =>
    new Promise((resolve) => {
      const options = { env, cwd: work, timeout: COMMAND_MS, maxBuffer: 1 << 24 };
      execFile('bash', ['-o', 'pipefail', '-c', command], options, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, text: stdout + stderr }),
      );
    });

  return {
    /** Carries out one command as it stands in the run book. Throws with its output if it fails or does not come to what is promised. */
    async type({ text, line, expected }: Step, names: Names): Promise<void> {
      const command = insert(text, { ...links, ...names });
      const words = expected === undefined ? '' : insert(expected, { ...names, ID: (names['ID'] ?? '').slice(0, 8) });
      const isRight = ({ code, text: output }: Output): boolean =>
        DONE.includes(code) && squeeze(output).includes(words);
      await until(
        `line ${line}, ${command}${words && `, to show ${words}`}`,
        () => run(command),
        isRight,
        LOOKS.test(text) ? COMES_TO_MS : 0,
      );
    },
  };
}
export type Shell = ReturnType<typeof openShell>;

/** Addresses by their text, names as words. */
const insert = (text: string, names: Names): string =>
  Object.entries(names).reduce(
    (result, [name, value]) =>
      name.includes('://') ? result.replaceAll(name, value) : result.replace(new RegExp(`\\b${name}\\b`, 'g'), value),
    text,
  );

const squeeze = (text: string): string => text.replace(/\s+/g, ' ');
