/** Why a program cannot start with its settings: one sentence for each fault, none with a value of a setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Runs all checks of settings. Throws one `ConfigError` with the faults of all that fail. */
export function checkTogether<Results extends readonly unknown[]>(
  ...checks: { [Index in keyof Results]: () => Results[Index] }
): Results {
  const faults: string[] = [];
  const results = checks.map((check) => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(error.message);
      return undefined;
    }
  });
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return results as unknown as Results;
}
