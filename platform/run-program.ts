import { ConfigError, loadConfig, printableConfig } from './config';
import type { Config } from './config';
import { createLogger } from './logger';
import type { Logger } from './logger';

/** A server of the settings that cannot be reached at the start. The message names the setting to look at. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/**
 * Runs a program until its `main` resolves. With `--print-config` it prints its settings instead, without secrets. What keeps it from
 * starting is a list on standard error, with a setting in each line; anything else is a fault of ours and logged with its stack.
 */
export async function runProgram(
  name: string,
  main: (config: Config, log: Logger) => Promise<void>,
  { argv = process.argv, out = process.stdout, err = process.stderr } = {},
): Promise<number> {
  let log: Logger | undefined;
  try {
    const config = loadConfig();
    if (argv.includes('--print-config')) {
      out.write(printableConfig());
      return 0;
    }
    log = createLogger(name, config.logLevel);
    await main(config, log);
    return 0;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof UnreachableError) err.write(`${error.message}\n`);
    else (log ?? createLogger(name, 'fatal')).fatal({ err: error }, `${name} failed`);
    return 1;
  }
}

/** The settings by which servers are reached, without credentials. */
interface Reached {
  what: string;
  setting: string;
  /** Where it was looked for: hosts, without user and password. */
  at: string;
}

/** Waits for all connections. Throws one `UnreachableError` that lists the servers that cannot be reached. */
export async function connectTogether<Results extends readonly unknown[]>(
  ...connections: { [Index in keyof Results]: [Reached, Promise<Results[Index]>] }
): Promise<Results> {
  const settled = await Promise.allSettled(connections.map(([, connection]) => connection));
  const lines = settled.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [];
    if (result.reason instanceof ConfigError) throw result.reason;
    const { what, setting, at } = connections[index]![0];
    return [`  - ${setting}: ${what} cannot be reached at ${at} (${causeOf(result.reason)})`];
  });
  if (lines.length > 0) throw new UnreachableError(`The start has failed:\n${lines.join('\n')}`);
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as Results;
}

/** The innermost reason in a few words: its code, or the name of the error. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const words =
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|Authentication failed|certificate[\w -]*|self-signed[\w -]*/i.exec(
      error.message,
    )?.[0];
  return code ?? words ?? (error.cause === undefined ? error.name : causeOf(error.cause));
}

/** The hosts of a connection string. */
export const hostsOf = (uri: string): string =>
  /^[\w+]+:\/\/(?:[^@/]*@)?([^/?]*)/.exec(uri)?.[1] ?? 'an invalid address';
