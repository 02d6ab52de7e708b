import { ConfigError, loadConfig } from '../../platform/config';
import { openStore } from '../../store/index';
import type { Store } from '../../store/index';
import { isStoreUnavailable } from '../../store/unavailable';
import { CliError } from '../http/cli-error';

const DAY_MS = 24 * 3_600_000;

/** Runs a command on the database that the settings of the server name. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  let store: Store | undefined;
  try {
    const { uri, database } = loadConfig().mongo;
    store = await openStore(uri, database);
    return await work(store);
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(error.message);
    if (isStoreUnavailable(error)) throw new CliError(UNAVAILABLE);
    throw error;
  } finally {
    await store?.close();
  }
}

const UNAVAILABLE =
  'The database cannot be reached. These commands work on the server: run them where the API runs, with its settings (MONGODB_URI).';

export const daysFromNow = (days: number | undefined): Date | undefined =>
  days === undefined ? undefined : new Date(Date.now() + days * DAY_MS);
