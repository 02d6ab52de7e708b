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
});
