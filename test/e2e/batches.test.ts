import { MockActivityEnvironment } from '@temporalio/testing';
import { createDatabaseActivities } from '../../activities/index';
import { loadConfig } from '../../platform/config';
import { createActivityDeps } from '../../worker/deps';
import { settingsFor, sharedServers } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

describe('Duplicates across the files of an upload', () => {
  let stack: Stack;
  let startsWorker: Promise<unknown> | undefined;
  beforeAll(async () => {
    stack = await startStack({}, { worker: false });
  });
  let stopWorker = () => Promise.resolve();
  afterAll(async () => {
    await stopWorker();
    await stack.stop();
  });
  const startWorker = async (): Promise<void> => {
    startsWorker ??= stack.startWorker().then((stop) => void (stopWorker = stop));
    await startsWorker;
  };

  /** Plans an import as a worker would that takes it before all others. */
  async function plan(importId: string): Promise<void> {
    const deps = createActivityDeps(loadConfig(settingsFor(stack.name, sharedServers())), stack.store);
    await new MockActivityEnvironment({}).run(createDatabaseActivities(deps).planImport, { importId });
  }

  let count = 0;
  /** Three files: the second has a row of the first, the third a row of each. */
  const overlapping = () => {
    const [first, second, third] = Array.from({ length: 3 }, () => people(2, `batch${count}`, undefined, 2 * count++));
    return [
      { name: 'first.csv', content: toCsv(first!) },
      { name: 'second.csv', content: toCsv([...second!, first![1]!]) },
      { name: 'third.csv', content: toCsv([second![0]!, ...third!, first![1]!]) },
    ];
  };
  const duplicatesIn = async (id: string) =>
    (await stack.api.rows(id, '&status=rejected')).map(({ row, problems }) => ({
      row,
      of: problems.map(({ code, message }) => `${code} ${/row \d+ of “[^”]*”/.exec(message)?.[0]}`),
    }));
  const DUPLICATES = [
    [],
    [{ row: 4, of: ['email.duplicate-in-file row 3 of “first.csv”'] }],
    [
      { row: 2, of: ['email.duplicate-in-file row 2 of “second.csv”'] },
      { row: 5, of: ['email.duplicate-in-file row 3 of “first.csv”'] },
    ],
  ];

  test.each([
    ['the last', [2, 1]],
    ['the middle one', [1]],
    ['none', []],
  ])('When %s is planned before the others, then the first file wins all the same', async (_which, early) => {
    const { body } = await stack.api.upload(...overlapping());
    const ids = body.imports.map(({ id }) => id);
    for (const position of early) await plan(ids[position]!);
    await startWorker();
    const done = await Promise.all(ids.map((id) => stack.api.rest(id)));
    expect(await Promise.all(ids.map(duplicatesIn))).toEqual(DUPLICATES);
    expect(done.map(({ rows }) => rows.created)).toEqual([2, 2, 2]);
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  test('When an upload is a preview, then its plans are the same before and after the first file is applied', async () => {
    await startWorker();
    const { body } = await stack.api.uploadWith({ mode: 'preview' }, ...overlapping());
    const ids = body.imports.map(({ id }) => id);
    const plans = (await Promise.all(ids.map((id) => stack.api.rest(id)))).map(({ plan: of }) => of!.hash);
    expect(await Promise.all(ids.map(duplicatesIn))).toEqual(DUPLICATES);
    for (const [i, id] of ids.entries()) {
      expect((await stack.api.apply(id, plans[i]!)).status).toBe(202);
      await stack.api.rest(id);
    }
    expect(await Promise.all(ids.map(duplicatesIn))).toEqual(DUPLICATES);
  });

  test('When the first file is cancelled, then the plans of the others are made anew without it', async () => {
    await startWorker();
    const { body } = await stack.api.uploadWith({ mode: 'preview' }, ...overlapping());
    const [first, second] = body.imports.map(({ id }) => id);
    const { plan: before } = await stack.api.rest(second!);
    await stack.api.rest(first!);
    await stack.api.call('POST', `/v1/imports/${first!}/cancel`);
    await until(
      'its end',
      () => stack.api.find(first!),
      ({ status }) => status === 'cancelled',
    );
    expect(await stack.api.applyInVain(second!, before!.hash)).toMatchObject({ body: { code: 'plan-outdated' } });
    const { plan: after } = await stack.api.find(second!);
    expect(after!.actions).toMatchObject({ create: 3, reject: 0 });
    await stack.api.apply(second!, after!.hash);
    expect((await stack.api.rest(second!)).rows.created).toBe(3);
  });

  test('When a row that has lost is checked again after the winner has got another address, then it is invited', async () => {
    await startWorker();
    const { body } = await stack.api.upload(...overlapping().slice(0, 2));
    const [first, second] = body.imports.map(({ id }) => id);
    await Promise.all([first!, second!].map((id) => stack.api.rest(id)));
    const correct = (id: string, row: number, change: object) =>
      stack.api.call('PATCH', `/v1/imports/${id}/rows/${row}`, { body: JSON.stringify(change) });
    await correct(first!, 3, { email: `another${count}@example.com` });
    expect((await correct(second!, 4, {})).status).toBe(202);
    expect((await stack.api.rest(second!)).rows).toMatchObject({ created: 3, rejected: 0 });
  });
});
