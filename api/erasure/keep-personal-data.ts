import type { Config } from '../../platform/config';
import type { Logger } from '../../platform/logger';
import { repeat } from '../../platform/repeat';
import type { Repeating } from '../../platform/repeat';
import type { Store } from '../../store/index';
import { goOn } from './carry-out';

const ERASE_EVERY_MS = 5_000;
const EXPIRE_EVERY_MS = 10 * 60_000;
const BATCH_SIZE = 100;

/** Ends the erasures that other processes left behind. Several processes may run this at once. */
export const startErasing = (
  store: Pick<Store, 'erasures'>,
  config: Pick<Config, 'invitations'>,
  log: Logger,
): Repeating => repeat(() => eraseDue(store, config), ERASE_EVERY_MS, log, 'the erasure of people');

export async function eraseDue(store: Pick<Store, 'erasures'>, config: Pick<Config, 'invitations'>): Promise<void> {
  for (let due = await store.erasures.takeDue(); due; due = await store.erasures.takeDue())
    await goOn(store, config, due);
}

/** Removes files and rows that were kept for long enough. Several processes may run this at once. */
export const startExpiring = (
  store: Pick<Store, 'retention'>,
  { retention }: Pick<Config, 'retention'>,
  log: Logger,
): Repeating =>
  repeat(() => expireOutdated(store, retention, new Date()), EXPIRE_EVERY_MS, log, 'the removal of what was kept');

export async function expireOutdated(
  { retention }: Pick<Store, 'retention'>,
  { filesMs, rowsMs }: Config['retention'],
  now: Date,
): Promise<void> {
  const before = (keptMs: number): Date => new Date(now.getTime() - keptMs);
  if (rowsMs !== undefined) {
    await each(
      () => retention.findOutdated('rows', before(rowsMs), BATCH_SIZE),
      (one) => retention.expireRows(one),
    );
  }
  if (filesMs !== undefined) {
    await each(
      () => retention.findOutdated('file', before(filesMs), BATCH_SIZE),
      (one) => retention.expireFile(one),
    );
  }
}

/** Until a batch is not full: one that was opened again meanwhile stays, and must not keep the loop going. */
async function each<T>(find: () => Promise<T[]>, expire: (one: T) => Promise<void>): Promise<void> {
  for (;;) {
    const outdated = await find();
    for (const one of outdated) await expire(one);
    if (outdated.length < BATCH_SIZE) return;
  }
}
