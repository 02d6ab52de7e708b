import pino from 'pino';
import { createFairTurns } from '../../../api/limits/fair-turns';
import { startImports } from '../../../api/temporal/start-imports';
import type { ImportDoc } from '../../../store/documents';
import { uniqueName } from '../../support/environment';
import { openScratchStore } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';
import { until } from '../../support/until';

describe('Imports of an upload that wait for their turn', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  /** Two queued imports that the outbox would check at once. The first start ends when it is told to. */
  async function begin(organisationId: string) {
    const now = new Date();
    const imports = [1, 2].map((i) => {
      const _id = uniqueName(`import-${i}-`);
      return { _id, organisationId, status: 'queued', createdAt: now, checkAt: now } as unknown as ImportDoc;
    });
    await scratch.collections.imports.insertMany(imports);
    const started: string[] = [];
    let endFirst!: (error?: Error) => void;
    const first = new Promise<void>((resolve, reject) => (endFirst = (error) => (error ? reject(error) : resolve())));
    const { store } = scratch;
    const service = {
      async start({ _id }: ImportDoc) {
        started.push(_id);
        if (started.length === 1) await first;
      },
    };
    const deps = { store, service, log: pino({ level: 'silent' }), starts: createFairTurns(1) };
    const done = startImports(deps, imports, 10);
    const checkIn = async (i: number): Promise<number> => {
      const { checkAt } = (await store.imports.find(imports[i]!._id)) as ImportDoc & { checkAt: Date };
      return checkAt.getTime() - now.getTime();
    };
    return { imports, started, endFirst, done, checkIn };
  }

  test('When one waits for its turn, then the outbox leaves it alone meanwhile, and for longer once it is started', async () => {
    const { imports, started, endFirst, done, checkIn } = await begin('waits');
    await until(
      'the outbox to be told of both',
      () => Promise.all([0, 1].map(checkIn)),
      (times) => times.every((ms) => ms >= 4_000),
    );
    expect(await checkIn(1)).toBeLessThan(30_000);
    expect(started).toEqual([imports[0]!._id]);
    endFirst();
    await done;
    expect(started).toEqual(imports.map(({ _id }) => _id));
    await until(
      'both to be checked later',
      () => Promise.all([0, 1].map(checkIn)),
      (times) => times.every((ms) => ms >= 30_000),
    );
  });

  test('When the first cannot be started, then the outbox has both, and is told no more', async () => {
    const { imports, started, endFirst, done, checkIn } = await begin('fails');
    endFirst(new Error('planned failure'));
    await done;
    expect(started).toEqual([imports[0]!._id]);
    const before = await Promise.all([0, 1].map(checkIn));
    expect(Math.max(...before)).toBeLessThan(30_000);
    // A timer that still ran would have fired many times before this one.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await Promise.all([0, 1].map(checkIn))).toEqual(before);
  });
});
