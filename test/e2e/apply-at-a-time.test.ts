import { runTold } from '../cli/cli';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

interface Applied {
  code?: string;
  detail?: string;
  applied?: boolean;
  errors?: { field: string; code: string }[];
}

describe('When a plan is applied, to be sent at a time', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  let from = 0;
  async function preview(tag: string, options: Record<string, string> = {}) {
    from += 10;
    const id = await stack.api.importIdWith({ mode: 'preview', ...options }, toCsv(people(3, tag, () => ({}), from)));
    return { id, hash: (await stack.api.rest(id)).plan!.hash };
  }
  const apply = (id: string, planHash: string, when: object = {}) =>
    stack.api.call<Applied>('POST', `/v1/imports/${id}/apply`, { body: JSON.stringify({ planHash, ...when }) });
  const sentTo = async (tag: string) =>
    (await stack.sandbox.messages()).filter(({ to }) => to.includes(`.${tag}@`)).length;
  const reaches = (id: string, wanted: string) =>
    until(
      `the import to be ${wanted}`,
      () => stack.api.find(id),
      ({ status }) => status === wanted,
    );

  test('people are created at once, and invited when it is that time, once', async () => {
    const { id, hash } = await preview('later');
    const sendAt = inHours(10_000 / HOUR_MS);
    expect(await apply(id, hash, { sendAt, spread: '200/day' })).toMatchObject({ status: 202 });
    const waiting = await reaches(id, 'scheduled');
    expect(waiting).toMatchObject({ rows: { created: 3 }, schedule: { sendAt, spread: '200/day' } });
    expect(waiting.deferred[0]).toMatchObject({ because: 'send-at', count: 3, from: sendAt });
    expect(await sentTo('later')).toBe(0);
    await reaches(id, 'completed');
    expect(Date.now()).toBeGreaterThanOrEqual(new Date(sendAt).getTime());
    expect(await sentTo('later')).toBe(3);
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
  });

  test('what the upload has chosen holds, until the one who applies says otherwise', async () => {
    const sendAt = inHours(7);
    const [kept, now, spread] = [
      await preview('kept', { sendAt, spread: '2/hour' }),
      await preview('now', { sendAt, spread: '2/hour' }),
      await preview('rate', { sendAt, spread: '2/hour' }),
    ];
    await apply(kept.id, kept.hash);
    expect((await reaches(kept.id, 'scheduled')).schedule).toMatchObject({ sendAt, spread: '2/hour' });
    await apply(now.id, now.hash, { sendAt: 'now', spread: 'none' });
    expect((await reaches(now.id, 'completed')).schedule).toMatchObject({ sendAt: null, spread: null });
    await apply(spread.id, spread.hash, { spread: 'none' });
    expect((await reaches(spread.id, 'scheduled')).schedule).toMatchObject({ sendAt, spread: null });
  });

  test('the same request again changes nothing, and one with another time is refused', async () => {
    const { id, hash } = await preview('again');
    const sendAt = inHours(3);
    await apply(id, hash, { sendAt });
    await reaches(id, 'scheduled');
    const version = (await stack.store.imports.find(id))!.schedule!.version;
    expect(await apply(id, hash, { sendAt })).toMatchObject({ status: 202, body: { applied: true } });
    expect(await apply(id, hash)).toMatchObject({ status: 202, body: { applied: true } });
    const other = await apply(id, hash, { sendAt: inHours(4) });
    expect(other).toMatchObject({ status: 409, body: { code: 'nothing-to-apply' } });
    expect(other.body.detail).toContain('POST …/schedule');
    expect(await apply(id, hash, { sendAt: 'now' })).toMatchObject({ status: 409 });
    expect((await stack.store.imports.find(id))!.schedule).toEqual({ sendAt: new Date(sendAt), version });
    expect(await sentTo('again')).toBe(0);
  });

  test('of eight people who apply it at once for four times, those of one time have their way and the others are told', async () => {
    const { id, hash } = await preview('eight');
    const times = [1, 2, 3, 4].map(inHours);
    const answers = await Promise.all([...times, ...times].map((sendAt) => apply(id, hash, { sendAt })));
    const { schedule } = await reaches(id, 'scheduled');
    const accepted = answers.map(({ status }) => status === 202);
    expect(accepted).toEqual([...times, ...times].map((sendAt) => sendAt === schedule.sendAt));
    expect(answers.filter((_, i) => !accepted[i]).map(({ body }) => body.code)).toEqual(
      Array(6).fill('nothing-to-apply'),
    );
    expect(await sentTo('eight')).toBe(0);
  });

  test('a plan that is outdated keeps the time that it had', async () => {
    const { id } = await preview('outdated');
    expect(await apply(id, '0'.repeat(64), { sendAt: inHours(3) })).toMatchObject({
      status: 409,
      body: { code: 'plan-outdated' },
    });
    expect((await stack.api.find(id)).schedule).toMatchObject({ sendAt: null });
  });

  test.each([
    [{ sendAt: 'tomorrow' }, 'sendAt'],
    [{ sendAt: '2026-11-30T09:00:00' }, 'sendAt'],
    [{ sendAt: 'when-applied' }, 'sendAt'],
    [{ sendAt: '2099-01-01T00:00:00Z' }, 'sendAt'],
    [{ sendAt: '2020-01-01T00:00:00Z' }, 'sendAt'],
    [{ spread: '0/hour' }, 'spread'],
    [{ spread: '50/week' }, 'spread'],
  ])('%j is refused at its field, and nothing is applied', async (when, field) => {
    const { id, hash } = await preview(`wrong${from}`);
    expect(await apply(id, hash, when)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    expect((await stack.api.find(id)).status).toBe('awaiting-approval');
  });

  test('the command line chooses the time, and says what cannot be chosen together', async () => {
    const { id, hash } = await preview('typed');
    const cli = (...args: string[]) => runTold([...args, '--url', stack.url, '--key', stack.api.key]);
    const wrong = await cli('apply', id.slice(0, 8), '--hidden-rows', 'skip', '--send-at', '09:00');
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('add --yes') as unknown });
    const at = await cli('apply', id.slice(0, 8), hash.slice(0, 8), '--send-at', inHours(6), '--spread', '50/hour');
    expect(at).toMatchObject({ code: 2, out: expect.stringContaining('3 by e-mail will be sent at') as unknown });
    expect((await stack.api.find(id)).schedule.spread).toBe('50/hour');
  });
});
