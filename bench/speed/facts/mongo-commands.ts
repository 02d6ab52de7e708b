import type { Document } from 'mongodb';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientFile } from '../client-files';
import { importByProduct } from '../product';
import { sum } from '../report/figures';
import type { Stack } from '../stack/stack';

/** Of drivers and of the server itself, and what the bench sends. */
const NOT_WORK = /^(hello|isMaster|ping|serverStatus|profile|endSessions|saslStart|replSet.*|_.*|<UNKNOWN>|buildInfo)$/;
const IDLE_MS = 5_000;
/** So many files are enough for a figure that comes out again. */
export const FILES_COUNTED = 5;
/** Of system.profile, which by default forgets all but its last megabyte. */
const PROFILE_BYTES = 64 * 1024 * 1024;

export interface CommandCount {
  /** Commands of a clean file by kind, by the server's own counters, less what goes on without an import: of several files, so in parts. */
  commands: Record<string, number>;
  total: number;
  /** Operations of a file by collection and kind, of the profiler, which counts each statement of a bulk of updates by itself. */
  operations: { collection: string; kind: string; operations: number; read: number; ms: number }[];
}

/**
 * Counts while the files are imported one after another, in a run of its own, since the profiler slows down what it counts. Several, since
 * what goes on without an import falls into one file and not into the next.
 */
export async function countCommands(stack: Stack, files: readonly ClientFile[]): Promise<CommandCount> {
  const idle = await during(stack, () => pause(IDLE_MS));
  const { db } = stack;
  const isThere = await db.listCollections({ name: 'system.profile' }).hasNext();
  if (!isThere) await db.createCollection('system.profile', { capped: true, size: PROFILE_BYTES });
  await db.command({ profile: 2 });
  const startedAt = performance.now();
  const busy = await during(stack, async () => {
    for (const file of files) {
      await importByProduct(stack, [file]);
      // What follows the close belongs to the import.
      await pause(500);
    }
  });
  const share = (performance.now() - startedAt) / IDLE_MS;
  await db.command({ profile: 0 });
  // The bench waits by `find`, and asks for nothing else.
  const own = await db.collection('system.profile').countDocuments({ appName: 'bench', op: 'query' });
  const commands: Record<string, number> = {};
  for (const [kind, count] of Object.entries(busy)) {
    const left = count - (idle[kind] ?? 0) * share - (kind === 'find' ? own : 0);
    if (left > 0 && !NOT_WORK.test(kind)) commands[kind] = left / files.length;
  }
  const total = sum(Object.values(commands));
  return { commands: byCount(commands), total, operations: await operationsOf(stack, files.length) };
}

async function operationsOf({ db }: Stack, files: number): Promise<CommandCount['operations']> {
  const found = new Map<string, CommandCount['operations'][number]>();
  const entries = db
    .collection('system.profile')
    .find({ appName: { $ne: 'bench' }, ns: { $not: /system\.profile$/ } })
    .project<Document>({ ns: 1, op: 1, command: 1, docsExamined: 1, millis: 1 });
  for await (const entry of entries) {
    const ns = String(entry['ns']);
    const op = String(entry['op']);
    const kind = op === 'command' ? (Object.keys((entry['command'] as Document | undefined) ?? {})[0] ?? op) : op;
    const collection = ns.slice(ns.indexOf('.') + 1);
    const key = `${collection} ${kind}`;
    const group = found.get(key) ?? { collection, kind, operations: 0, read: 0, ms: 0 };
    group.operations++;
    group.read += Number(entry['docsExamined'] ?? 0);
    group.ms += Number(entry['millis'] ?? 0);
    found.set(key, group);
  }
  return [...found.values()]
    .map(({ operations, read, ms, ...of }) => ({
      ...of,
      ...{ operations: operations / files, read: read / files, ms: ms / files },
    }))
    .sort((a, b) => b.operations - a.operations);
}

/** Counts commands from now on, but those that are no work; the function that it returns tells how many there were. */
export async function commandsOf({ mongo }: Stack): Promise<() => Promise<number>> {
  const before = await counters(mongo);
  return async () =>
    Object.entries(await counters(mongo)).reduce(
      (sum, [kind, count]) => (NOT_WORK.test(kind) ? sum : sum + count - (before[kind] ?? 0)),
      0,
    );
}

async function during({ mongo }: Stack, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await counters(mongo);
  await work();
  const after = await counters(mongo);
  return Object.fromEntries(Object.entries(after).map(([kind, count]) => [kind, count - (before[kind] ?? 0)]));
}

async function counters(mongo: Stack['mongo']): Promise<Record<string, number>> {
  const status = await mongo.db('admin').command({ serverStatus: 1 });
  const { commands } = status['metrics'] as { commands: Record<string, { total?: number }> };
  return Object.fromEntries(Object.entries(commands).map(([kind, { total = 0 }]) => [kind, Number(total)]));
}

const byCount = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
