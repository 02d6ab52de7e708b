import type { ImportStatus } from '../../contract/import-status';
import type { ImportDoc } from '../../store/documents';
import type { Command } from '../../store/imports/pauses';
import { uniqueName } from '../support/environment';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('Pauses and resumptions', () => {
  let scratch: ScratchStore;
  let id: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());
  beforeEach(() => anImport('inviting'));

  async function anImport(status: ImportStatus, change: Partial<ImportDoc> = { plannedAt: new Date() }) {
    id = uniqueName('import-');
    const importDoc = { _id: id, status, revision: 0, retries: [] as string[], ...change };
    await scratch.collections.imports.insertOne(importDoc as ImportDoc);
  }
  const find = async () => (await scratch.store.imports.find(id))!;
  const pause = (command: Command = {}) => scratch.store.pauses.pause(id, 'staff', {}, command);
  const resume = (command: Command = {}) => scratch.store.pauses.resume(id, command);
  /** A message that was given so many seconds after the epoch of this test, as exactly as that is known. */
  const EPOCH = Date.now() - 60_000;
  const at = (from: number, to = from): Command => ({
    given: { notBefore: new Date(EPOCH + from * 1_000), notAfter: new Date(EPOCH + to * 1_000) },
  });

  test.each<[string, (() => Promise<unknown>)[], ImportStatus]>([
    ['pause, resume', [() => pause(at(1)), () => resume(at(2))], 'inviting'],
    ['resume, pause', [() => resume(at(1)), () => pause(at(2))], 'paused'],
    ['pause, and the resumption that was given before', [() => pause(at(2)), () => resume(at(1))], 'paused'],
    [
      'pause, resume, and a pause from before',
      [() => pause(at(1)), () => resume(at(3)), () => pause(at(2))],
      'inviting',
    ],
    ['pause now, and a resumption of a minute ago', [() => pause(), () => resume(at(2))], 'paused'],
    [
      'pause now, a pause and a resumption of before',
      [() => pause(), () => pause(at(1)), () => resume(at(2))],
      'paused',
    ],
    ['pause, resume now, and a pause of before', [() => pause(at(1)), () => resume(), () => pause(at(2))], 'inviting'],
    ['pause, and a resumption of which it is not known', [() => pause(at(2)), () => resume(at(1, 3))], 'paused'],
    [
      'pause and resume of one line, whose times are not known',
      [() => pause({ ...at(1, 2), line: 'run' }), () => resume({ ...at(1, 2), line: 'run' })],
      'inviting',
    ],
    [
      'pause and resume of two lines, whose times are not known',
      [() => pause({ ...at(1, 2), line: 'run' }), () => resume({ ...at(1, 2), line: 'other' })],
      'paused',
    ],
  ])('When they come as %s, then the newest has the last word', async (_what, deeds, status) => {
    for (const deed of deeds) await deed();
    expect((await find()).status).toBe(status);
  });

  test('When a command comes again by its id, then it is not carried out again', async () => {
    expect(await pause({ id: 'one' })).not.toBeNull();
    expect(await resume({ id: 'two' })).not.toBeNull();
    expect(await pause({ id: 'one' })).toBeNull();
    expect(await find()).toMatchObject({ status: 'inviting', commands: ['one', 'two'] });
  });

  test('When there were very many, then the newest ids are kept', async () => {
    for (let i = 0; i < 505; i++) await (i % 2 ? resume : pause)({ id: `${i}` });
    const { commands } = await find();
    expect([commands!.length, commands![0], commands!.at(-1)]).toEqual([500, '5', '504']);
  });

  test('When a pause comes again, or older, then a cancellation and a newer pause stay', async () => {
    await scratch.store.pauses.pause(id, 'staff', { cancels: true });
    await pause(at(1));
    await pause();
    expect(await resume()).toBeNull();
    expect((await find()).pausedBy).toMatchObject({ staff: { cancels: true } });
  });

  test.each(['queued', 'planning'] as const)(
    'When an import without a plan is paused while it is %s, then it is planned all the same, and paused with its plan',
    async (status) => {
      await anImport(status, { columns: [], layout: null, fileProblems: [], questions: [] });
      expect(await pause({ wakes: true })).toMatchObject({ status, wakeAt: expect.any(Date) as Date });
      await scratch.store.imports.advance(id, 'planning');
      await scratch.store.plans.record(
        id,
        [],
        { columns: [], layout: null, fileProblems: [], questions: [] },
        { awaitsApproval: false },
      );
      expect(await find()).toMatchObject({ status: 'paused', plannedAt: expect.any(Date) as Date });
      expect(await resume()).toMatchObject({ status: 'inviting' });
    },
  );

  test('When such a pause is ended before there is a plan, then nothing is left of it', async () => {
    await anImport('queued', {});
    await pause();
    expect(await resume()).toMatchObject({ status: 'queued' });
    expect(await find()).not.toHaveProperty('pausedBy');
    expect(await resume()).toBeNull();
  });
});
