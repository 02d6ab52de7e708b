import { randomBytes } from 'node:crypto';
import type { LogEntry } from '../../sandbox/http/request-log';
import type { ProviderHealthDoc } from '../../store/send-documents';
import { SHORT_WINDOWS } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const PEOPLE = 120;
const THRESHOLD = 8;
const PROBE_EVERY_MS = 500;
/** SMS in flight; so many more than those that open the breaker may have begun before it opens. */
const IN_FLIGHT = 4;

describe('When a provider is down', () => {
  /** By which its requests are told apart from those of other tests. */
  const account = `AC${randomBytes(16).toString('hex')}`;
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack(
      { ...SHORT_WINDOWS, SMS_CONCURRENCY: `${IN_FLIGHT}`, TWILIO_ACCOUNT_SID: account },
      { breaker: { threshold: THRESHOLD, probeEveryMs: PROBE_EVERY_MS } },
    );
  });
  afterAll(() => stack.stop());

  const health = () => stack.db.collection<ProviderHealthDoc>('provider_health').findOne({ _id: 'sms' });
  async function sends(): Promise<LogEntry[]> {
    const response = await fetch(`${stack.sandbox.url}/__requests`);
    const { requests } = (await response.json()) as { requests: LogEntry[] };
    return requests.filter(({ method, path }) => method === 'POST' && path.includes(account));
  }

  test('then it gets a probe now and then, the other channel goes on, and once it is back the rest is sent at full rate', async () => {
    const rows = people(PEOPLE, 'breaker', () => ({}), 2_000);
    const fault = await stack.sandbox.plan({ provider: 'twilio', kind: 'error', status: 503 });
    const id = await stack.api.importId(toCsv(rows));

    const opened = (await until('the breaker to open', health, (found) => found !== null))!;
    const meanwhile = await until(
      'the other channel',
      () => stack.api.find(id),
      ({ rows: { created }, invitations }) => created === PEOPLE && invitations.email.sent === PEOPLE,
    );
    expect(meanwhile.invitations.sms.sent).toBe(0);
    const vain = await until('three probes', sends, ({ length }) => length >= THRESHOLD + IN_FLIGHT + 3);
    // Each probe puts the next one off by an interval: so many of them there can have been, and not one request more.
    const { nextProbeAt } = (await health())!;
    const probes = (nextProbeAt.getTime() - opened.openedAt.getTime()) / PROBE_EVERY_MS;
    expect(vain.length).toBeLessThanOrEqual(THRESHOLD + IN_FLIGHT + probes);

    await stack.sandbox.lift(fault);
    const done = await stack.api.rest(id);

    const all = await sends();
    const accepted = all.filter((request) => request.accepted).map(({ at }) => Date.parse(at));
    const failed = all.length - accepted.length;
    // Whoever a probe in vain was for is not sent another; everybody else is sent one.
    expect(done).toMatchObject({
      status: 'needs-attention',
      invitations: { email: { sent: PEOPLE }, sms: { sent: PEOPLE - failed, unconfirmed: failed } },
    });
    expect(invitedTwice(await stack.sandbox.messages())).toEqual([]);
    expect(await stack.sandbox.messages()).toHaveLength(2 * PEOPLE - failed);
    // At the pace of probes it would have taken four times as long at least, however busy this machine is.
    expect(accepted.at(-1)! - accepted[0]!).toBeLessThan((accepted.length * PROBE_EVERY_MS) / 4);
    expect(await health()).toBeNull();
  });
});
