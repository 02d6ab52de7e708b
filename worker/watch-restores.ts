import { ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { REMIND_WORKFLOW_TYPE } from '../contract/sending/reminders';
import type { Logger } from '../platform/logger';
import { ConfigError } from '../platform/settings/config-error';
import { repeat } from '../platform/repeat';
import type { Repeating } from '../platform/repeat';
import type { Store } from '../store/index';

/** A database that is restored to less than this before it was lost is not recognised. */
const EVERY_MS = 30_000;
/** Another worker has just raised it. */
const FRESH_MS = 20_000;
const DEADLINE_MS = 10_000;

interface Noted {
  databaseId: string;
  at: Date;
}

/** A schedule that never runs keeps the note: no worker is needed to read it, and people see it in the Temporal UI. */
const scheduleIdOf = (taskQueue: string): string => `client-import-watermark:${taskQueue}`;
const noteOf = ({ databaseId, at }: Noted): string =>
  `Never runs. By this note workers recognise a MongoDB that was restored: ${databaseId} was worked on until ${at.toISOString()}`;
function readNote(note: string | undefined): Noted | undefined {
  const [, databaseId, at] = /: (\S+) was worked on until (\S+)$/.exec(note ?? '') ?? [];
  return databaseId === undefined ? undefined : { databaseId, at: new Date(at!) };
}

export interface WatermarkDeps {
  store: Pick<Store, 'watermark'>;
  temporal: Client;
  taskQueue: string;
}

/**
 * Compares how far MongoDB has come with what Temporal knows of it, then notes the present in both. Throws a `ConfigError` if MongoDB is
 * behind: it was restored, and would send again what was sent since.
 */
export async function checkWatermark(
  { store: { watermark }, temporal, taskQueue }: WatermarkDeps,
  freshMs = FRESH_MS,
): Promise<void> {
  const schedule = temporal.schedule.getHandle(scheduleIdOf(taskQueue));
  // Temporal first: it is told after MongoDB, so a database that was not restored is never behind.
  const noted = readNote(await schedule.describe().then(({ state }) => state.note, unlessMissing));
  const stored = await watermark.find();
  if (noted && stored?.databaseId === noted.databaseId && stored.at < noted.at) throw behind(stored.at, noted.at);
  if (noted && stored && Date.now() - stored.at.getTime() < freshMs && stored.at <= noted.at) return;
  const raised = await watermark.raise();
  try {
    await schedule.update((previous) => ({
      ...previous,
      state: { ...previous.state, paused: true, note: noteOf(newest(raised, readNote(previous.state.note))) },
    }));
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await create(temporal, taskQueue, noteOf(raised));
  }
}

/** Another worker may have noted a later moment meanwhile. */
const newest = (ours: Noted, theirs: Noted | undefined): Noted =>
  theirs?.databaseId === ours.databaseId && theirs.at > ours.at ? theirs : ours;

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof ScheduleNotFoundError)) throw error;
}

async function create({ schedule }: Client, taskQueue: string, note: string): Promise<void> {
  try {
    await schedule.create({
      scheduleId: scheduleIdOf(taskQueue),
      spec: {},
      // Whoever triggers it by hand has the due reminders opened.
      action: { type: 'startWorkflow', workflowType: REMIND_WORKFLOW_TYPE, taskQueue, args: [] },
      state: { paused: true, note },
    });
  } catch (error) {
    // By another worker. It is noted there in the next round.
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}

const behind = (stored: Date, noted: Date): ConfigError =>
  new ConfigError(
    `MONGODB_URI: this database was restored. It is as of ${stored.toISOString()}, and was worked on until ${noted.toISOString()}, so it ` +
      'would send again what was sent since. Before a worker starts: client-import admin after-restore --yes (docs/operations.md)',
  );

export interface RestoreWatch extends Pick<Repeating, 'stop'> {
  /** Rejects once the database is found to be behind; never resolves. */
  behind: Promise<never>;
}

/** Checks before the worker starts, and then again and again. While Temporal or MongoDB is away, nothing is known, and it is tried again. */
export async function watchForRestores(deps: WatermarkDeps, log: Logger): Promise<RestoreWatch> {
  const check = (): Promise<void> => deps.temporal.withDeadline(Date.now() + DEADLINE_MS, () => checkWatermark(deps));
  await check();
  let reject!: (error: ConfigError) => void;
  const found = new Promise<never>((_resolve, rejected) => (reject = rejected));
  found.catch(() => undefined);
  const checking = repeat(
    () =>
      check().catch((error: unknown) => {
        if (!(error instanceof ConfigError)) throw error;
        reject(error);
      }),
    EVERY_MS,
    log,
    'the check for a restored database',
  );
  return { behind: found, stop: () => checking.stop() };
}
