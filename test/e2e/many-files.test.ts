import { filesTaskQueue, firstFilesTaskQueue } from '../../contract/import';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

describe('Many files at once', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  test('When six files of 500 are uploaded together, then 3,000 clients get 6,000 invitations, and nobody two on a channel', async () => {
    const files = Array.from({ length: 6 }, (_, i) => people(500, `file${i}`, () => ({}), i * 500));
    const { body } = await stack.api.upload(...files.map((rows, i) => ({ name: `${i}.csv`, content: toCsv(rows) })));

    const done = await Promise.all(body.imports.map(({ id }) => stack.api.rest(id, 100_000)));

    expect(done.map(({ status }) => status)).toEqual(Array(6).fill('completed'));
    const messages = await stack.sandbox.messages();
    expect(messages).toHaveLength(6_000);
    expect(invitedTwice(messages)).toEqual([]);
    expect(new Set(messages.map(({ to }) => to))).toEqual(
      new Set(files.flat().flatMap(({ email, mobile }) => [email, mobile])),
    );
    expect(await stack.db.collection('people').countDocuments({ kind: 'client' })).toBe(3_000);
  }, 120_000);

  test('When an organisation has nothing else under way, then its file goes first, and of several none does', async () => {
    const queueOf = async (id: string): Promise<string> => {
      await stack.api.rest(id);
      const { events } = await stack.workflow(id).fetchHistory();
      return events!.find((event) => event.activityTaskScheduledEventAttributes)!.activityTaskScheduledEventAttributes!
        .taskQueue!.name!;
    };
    const csvOf = (n: number): string => toCsv(people(1, `turn${n}`, () => ({}), 3_000 + n));
    const one = await stack.api.importId(csvOf(0));
    expect(await queueOf(one)).toBe(firstFilesTaskQueue(stack.name));
    const several = await stack.api.upload(...[1, 2].map((n) => ({ name: `${n}.csv`, content: csvOf(n) })));
    for (const { id } of several.body.imports) expect(await queueOf(id)).toBe(filesTaskQueue(stack.name));
  });
});
