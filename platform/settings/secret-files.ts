import { readFileSync } from 'node:fs';

type Environment = Record<string, string | undefined>;

/** The setting that names the file with the value of another. */
export const fileSettingOf = (name: string): string => `${name}_FILE`;

/**
 * Puts the contents of files in place of secrets: `NAME_FILE` names the file that holds `NAME`, as orchestrators mount them. White space
 * around it is left out. Returns the environment with them, and the faults, by setting.
 */
export function readSecretFiles(
  environment: Environment,
  names: readonly string[],
): { environment: Environment; faults: string[] } {
  const faults: string[] = [];
  const filled = { ...environment };
  for (const name of names) {
    const fileSetting = fileSettingOf(name);
    const path = environment[fileSetting];
    if (!path) continue;
    if (environment[name]) {
      faults.push(`${fileSetting}: ${name} is set too; leave one of them out`);
      continue;
    }
    try {
      filled[name] = readFileSync(path, 'utf8').trim();
      if (filled[name] === '') faults.push(`${fileSetting}: the file is empty`);
    } catch (error) {
      faults.push(`${fileSetting}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  }
  return { environment: filled, faults };
}
