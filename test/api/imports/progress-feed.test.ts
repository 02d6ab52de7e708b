import type { ImportProgress } from '../../../contract/import';
import { emptyProgress } from '../../../contract/progress';
import { createProgressFeed } from '../../../api/imports/progress-feed';

/** Counts the polls of each import. */
function countedPolls(fail: () => Error | undefined = () => undefined) {
  const polls: string[] = [];
  const find = async (importId: string): Promise<ImportProgress | null> => {
    polls.push(importId);
    const error = fail();
    if (error) throw error;
    return { ...emptyProgress(importId, 'creating'), lines: polls.length };
  };
  return { polls, feed: createProgressFeed({ progress: { find } as never }, 5) };
}

test('A hundred who follow one import are served by one poll, and each hears at once and again', async () => {
  const { polls, feed } = countedPolls();
  const closed = new AbortController();
  const heard = Array.from({ length: 100 }, () => [] as number[]);
  const readers = heard.map(async (lines) => {
    for await (const progress of feed.follow('a', closed.signal)) {
      lines.push(progress!.lines);
      if (lines.length === 4) break;
    }
  });
  await Promise.all(readers);
  expect(new Set(heard.map((lines) => lines.join()))).toEqual(new Set(['1,2,3,4']));
  expect(polls.length).toBeLessThanOrEqual(6);
});

test('Nobody polls for an import that nobody follows any more, and the next one begins anew', async () => {
  const { polls, feed } = countedPolls();
  const first = feed.follow('a', new AbortController().signal);
  await first.next();
  await first.return(undefined);
  const other = feed.follow('b', new AbortController().signal);
  for (let i = 0; i < 6; i++) await other.next();
  await other.return(undefined);
  expect(polls.filter((id) => id === 'a').length).toBe(1);
  const again = feed.follow('a', new AbortController().signal);
  expect((await again.next()).value).toMatchObject({ importId: 'a' });
  await again.return(undefined);
});

test('An error of a poll reaches everybody who waits for it, and nobody after', async () => {
  let error: Error | undefined = new Error('away');
  const { feed } = countedPolls(() => error);
  const signal = new AbortController().signal;
  const both = await Promise.allSettled([feed.follow('a', signal).next(), feed.follow('a', signal).next()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  error = undefined;
  const again = feed.follow('a', signal);
  expect((await again.next()).value).toMatchObject({ importId: 'a' });
  await again.return(undefined);
});
