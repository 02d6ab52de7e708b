import { commandsOf, documentsOf } from '../../../test/support/documents-examined';
import type { Stack } from '../stack/stack';

/** What the database did for one request. */
export interface MongodWork {
  /** Documents that it looked at. */
  documents: number;
  /** Names of collections that it has gone through without an index. */
  scanned: string[];
}

/** What the database does for `work`. The bench's own commands are left out. */
export async function workOf({ db }: Pick<Stack, 'db'>, work: () => Promise<unknown>): Promise<MongodWork> {
  const noted = (await commandsOf(db, work)).filter(({ appName }) => appName !== 'bench');
  const scans = noted.filter(({ planSummary }) => planSummary?.includes('COLLSCAN'));
  return { documents: documentsOf(noted), scanned: [...new Set(scans.map(({ ns }) => ns.replace(/^[^.]+\./, '')))] };
}
