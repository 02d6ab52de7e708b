import { timeIn } from '../../domain/sending-times/quiet-hours';
import { runHere } from '../cli/cli';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

const ZONE = 'Pacific/Auckland';

describe('When an organisation sends its files', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const settings = (sending: unknown) =>
    stack.api.call<{ sending: unknown; errors?: { field: string }[] }>('PATCH', '/v1/organisation', {
      body: JSON.stringify({ sending }),
    });
  const byDefault = async (sending: unknown): Promise<void> =>
    expect(await settings(sending)).toMatchObject({ status: 200, body: { sending } });
  let from = 0;
  const uploaded = async (form: Record<string, string> = {}) => {
    const [person] = people(1, `default${from}`, () => ({}), from++);
    return stack.api.rest(await stack.api.importIdWith(form, toCsv([person!])));
  };
  const AT_NINE = { at: { time: '09:00', timeZone: ZONE }, spread: '50/hour' };

  test('an upload that says nothing is sent when it is that time there next, and spread', async () => {
    expect((await stack.api.get('/v1/organisation')).body).toMatchObject({ sending: { at: null, spread: null } });
    expect(await uploaded()).toMatchObject({ status: 'completed', schedule: { sendAt: null, spread: null } });
    await byDefault(AT_NINE);
    const { status, schedule } = await uploaded();
    expect({ status, spread: schedule.spread }).toEqual({ status: 'scheduled', spread: '50/hour' });
    const sendAt = new Date(schedule.sendAt!);
    expect(timeIn(ZONE, sendAt)).toBe('09:00');
    expect(sendAt.getTime() - Date.now()).toBeLessThanOrEqual(25 * 3_600_000);
    expect(sendAt.getTime()).toBeGreaterThan(Date.now());
  });

  test('an upload says otherwise: at once, all of them, or at another time', async () => {
    await byDefault(AT_NINE);
    expect(await uploaded({ sendAt: 'now', spread: 'none' })).toMatchObject({
      status: 'completed',
      schedule: { sendAt: null, spread: null },
    });
    const sendAt = new Date(Date.now() + 7_200_000).toISOString();
    expect((await uploaded({ sendAt, spread: '2/day' })).schedule).toMatchObject({ sendAt, spread: '2/day' });
  });

  test('when I apply: nobody is created before, whether the organisation or the upload says so', async () => {
    expect(await uploaded({ sendAt: 'when-applied' })).toMatchObject({
      status: 'awaiting-approval',
      options: { mode: 'preview' },
      rows: { created: 0 },
    });
    await byDefault({ at: 'when-applied', spread: null });
    const { id, status, plan } = await uploaded();
    expect(status).toBe('awaiting-approval');
    expect((await stack.api.apply(id, plan!.hash)).status).toBeLessThan(300);
    expect(await uploaded({ mode: 'apply' })).toMatchObject({ status: 'completed' });
    const contradiction = await stack.api.uploadWith(
      { mode: 'apply', sendAt: 'when-applied' },
      { name: 'clients.csv', content: toCsv(people(1, 'contradiction', () => ({}), 500)) },
    );
    expect(contradiction).toMatchObject({ status: 400, body: { errors: [{ field: 'sendAt' }] } });
  });

  test('who is invited by hand is invited at once', async () => {
    await byDefault(AT_NINE);
    const [{ firstName, lastName, email, mobile }] = people(1, 'byhand', () => ({}), 510) as [never];
    const { body } = await stack.api.call<{ imports: { id: string }[] }>('POST', '/v1/clients', {
      body: JSON.stringify({ firstName, lastName, email, mobile, team: 'Mayfair' }),
    });
    expect(await stack.api.rest(body.imports[0]!.id)).toMatchObject({ status: 'completed' });
  });

  test.each([
    [{ at: { time: '9', timeZone: ZONE }, spread: null }, 'sending.at.time'],
    [{ at: { time: '09:00', timeZone: 'Europe/Nowhere' }, spread: null }, 'sending.at.timeZone'],
    [{ at: { time: '09:00', timeZone: '+01:00' }, spread: null }, 'sending.at.timeZone'],
    [{ at: null, spread: '0/hour' }, 'sending.spread'],
    [{ at: 'later', spread: null }, 'sending.at'],
  ])('%j is a problem that names %s', async (sending, field) => {
    const { status, body } = await settings(sending);
    expect({ status, fields: body.errors?.map((one) => one.field) }).toMatchObject({ status: 400, fields: [field] });
  });

  test('it is shown and changed from the command line, in parts', async () => {
    const run = (...args: string[]) => runHere(['organisation', ...args, '--url', stack.url, '--key', stack.api.key]);
    expect((await run('--send-at', '08:30', '--time-zone', 'Europe/London')).err).toContain('at 08:30 (Europe/London)');
    expect((await run('--spread', '20/day')).err).toContain('at 08:30 (Europe/London), 20/day');
    expect((await run()).out).toMatch(/files are sent\s+at 08:30 \(Europe\/London\), 20\/day/);
    await expect(run('--time-zone', 'Europe/Paris')).rejects.toThrow('--send-at 09:00');
    expect((await run('--send-at', 'now', '--spread', 'none')).err).toContain('Files are sent at once');
  });
});
