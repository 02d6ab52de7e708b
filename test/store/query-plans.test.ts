import type { Document } from 'mongodb';
import type { Store } from '../../store/index';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';
import { callAll, fill } from '../support/store-calls';

const PROFILE_BYTES = 64 * 1024 * 1024;

/** Indexes that no query needs. */
const WITHOUT_QUERY = new Map([
  ['idempotency_keys usedAt_1', 'MongoDB itself removes old keys by it'],
  ['event_tickets expiresAt_1', 'MongoDB itself removes old tickets by it'],
  ['sessions endsAt_1', 'MongoDB itself removes ended sessions by it'],
  ['notices createdAt_1', 'MongoDB itself removes old notices by it'],
  ['webhook_deliveries createdAt_1', 'MongoDB itself removes old deliveries by it'],
  ['rate_limits expire_1', 'MongoDB itself removes ended windows by it'],
  ['uploads.files filename_1_uploadDate_1', 'the driver makes it'],
]);

interface Profiled {
  ns: string;
  command: Document;
  planSummary?: string;
}

/** What the database did for one function of the store. */
interface Operation {
  by: string;
  collection: string;
  command: Document;
  plan: string;
}

describe('The plans of all queries of the store', () => {
  let scratch: ScratchStore;
  const operations: Operation[] = [];
  const called = new Set<string>();

  beforeAll(async () => {
    scratch = await openScratchStore();
    await fill(scratch);
    const { db, store } = scratch;
    await db.createCollection('system.profile', { capped: true, size: PROFILE_BYTES });
    await db.command({ profile: 2, filter: { op: { $nin: ['insert', 'getmore'] } } });
    let read = 0;
    await callAll(observed(store), async (run) => {
      await run();
      const by = [...called].at(-1)!;
      const profiled = db.collection<Profiled>('system.profile').find().skip(read);
      for (const { ns, command, planSummary } of await profiled.toArray()) {
        read++;
        const collection = ns.slice(db.databaseName.length + 1);
        if (planSummary && collection !== 'system.profile')
          operations.push({ by, collection, command, plan: planSummary });
      }
    });
    await db.command({ profile: 0 });
  });
  afterAll(() => scratch.close());

  /** The store, noting which of its functions are called. */
  function observed(store: Store): Store {
    const observe = (part: string, functions: object): object =>
      Object.fromEntries(
        Object.entries(functions).map(([name, of]: [string, (...args: unknown[]) => unknown]) => [
          name,
          (...args: unknown[]) => {
            called.delete(`${part}.${name}`);
            called.add(`${part}.${name}`);
            return of(...args);
          },
        ]),
      );
    return Object.fromEntries(
      Object.entries(store).map(([part, value]) => [part, typeof value === 'function' ? value : observe(part, value)]),
    ) as Store;
  }

  test('Every function of the store is looked at', () => {
    const all = Object.entries(scratch.store).flatMap(([part, value]) =>
      typeof value === 'function' ? [] : Object.keys(value).map((name) => `${part}.${name}`),
    );
    expect([...called].sort()).toEqual(all.sort());
  });

  test('No query scans a collection', () => {
    const scans = operations.filter(({ plan }) => plan.includes('COLLSCAN'));
    expect(scans.map(({ by, collection, command }) => `${by}: ${collection} ${JSON.stringify(command)}`)).toEqual([]);
    expect(operations.length).toBeGreaterThan(100);
  });

  test('No part of a pipeline scans a collection', async () => {
    const joins = operations.filter(({ command }) => JSON.stringify(command).includes('$lookup'));
    expect(joins.length).toBeGreaterThan(0);
    for (const { command } of joins) {
      const { aggregate, pipeline, cursor } = command as Record<string, unknown>;
      const explained = await scratch.db.command({
        explain: { aggregate, pipeline, cursor },
        verbosity: 'executionStats',
      });
      const stages = (explained.stages as Document[]).filter((stage) => stage.$lookup);
      expect(stages.map((stage) => Number(stage.collectionScans))).toEqual(stages.map(() => 0));
    }
  });

  test('Each index serves a query or a rule', async () => {
    const used = new Set(
      operations.flatMap(({ collection, plan }) => keysOf(plan).map((key) => `${collection} ${key}`)),
    );
    const idle: string[] = [];
    for (const { name: collection } of await scratch.db.listCollections().toArray()) {
      if (collection.startsWith('system.')) continue;
      for (const index of await scratch.db.collection(collection).indexes()) {
        const isUsed = used.has(`${collection} ${JSON.stringify(index.key)}`);
        const name = `${collection} ${index.name}`;
        if (!isUsed && !index.unique && index.name !== '_id_' && !WITHOUT_QUERY.has(name)) idle.push(name);
      }
    }
    expect(idle).toEqual([]);
  });

  test('No index of the rows names their status: else the end of each row would compute the index again', async () => {
    const indexes = await scratch.collections.rows.indexes();
    expect(indexes.length).toBeGreaterThan(5);
    const named = indexes.filter(({ key, partialFilterExpression }) =>
      JSON.stringify([key, partialFilterExpression ?? {}]).includes('"status"'),
    );
    expect(named).toEqual([]);
  });
});

/** The keys of the indexes in a summary such as `IXSCAN { importId: 1, row: 1 }, IXSCAN { _id: 1 }`. */
const keysOf = (plan: string): string[] =>
  [...plan.matchAll(/\{ ([^}]*) \}/g)].map(([, fields]) =>
    JSON.stringify(
      Object.fromEntries(
        fields!.split(', ').map((field) => {
          const at = field.lastIndexOf(': ');
          return [field.slice(0, at), Number(field.slice(at + 2))];
        }),
      ),
    ),
  );
