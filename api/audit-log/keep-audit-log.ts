import type { Config } from '../../platform/config';
import type { Logger } from '../../platform/logger';
import { repeat } from '../../platform/repeat';
import type { Repeating } from '../../platform/repeat';
import type { Store } from '../../store/index';

/** No request takes this long, so its process has died. In milliseconds. */
const ABANDONED_FOR_MS = 10 * 60_000;
const EVERY_MS = 5 * 60_000;
const BATCH_SIZE = 1000;

/** Removes the notes of what has ended, ends what other processes left behind, and removes what is older than the log is kept. Several processes may run this at once. */
export const startKeepingAuditLog = (
  store: Pick<Store, 'auditLog'>,
  config: Pick<Config, 'auditLog'>,
  log: Logger,
): Repeating => repeat(() => keepAuditLog(store, config), EVERY_MS, log, 'the upkeep of the audit log');

export async function keepAuditLog(
  { auditLog }: Pick<Store, 'auditLog'>,
  { auditLog: { keptMs } }: Pick<Config, 'auditLog'>,
): Promise<void> {
  await auditLog.clearNotes(new Date(Date.now() - ABANDONED_FOR_MS), BATCH_SIZE);
  for (const organisationId of await auditLog.organisations())
    await auditLog.expire(organisationId, new Date(Date.now() - keptMs));
}
