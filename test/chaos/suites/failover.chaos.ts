import { join } from 'node:path';
import { until } from '../../support/until';
import { planOutcomes } from '../../support/callbacks';
import type { OutcomeRequest } from '../../../sandbox/outcomes/schema';
import { createFigures } from '../figures';
import { underWay } from '../imports';
import { acceptedMessages, checkInvariants } from '../invariant-check';
import { MANY_REQUESTS, startProduct } from '../product';
import { killAtRandom } from '../random-kills';
import { createSeededRandom } from '../seeded-random';

const ROWS = 60;
const KILLS = 8;
/** More than the hour after which the other channel follows, and the minute to which that is rounded. */
const AN_HOUR_LATER = {
  CHAOS_SKEW_MS: `${62 * 60_000}`,
  NODE_OPTIONS: `--require ${join(__dirname, '..', 'skewed-clock.cjs')}`,
};

describe('One channel before the other, with kills', () => {
  const random = createSeededRandom();
  const figures = createFigures('Fail-over', ['kills', 'rows', 'e-mails', 'SMS', 'twice', 'untrue', 'violations']);

  test('Killed while first messages, the wait and second ones are under way, nobody is reached twice, and who is reached gets no SMS', async () => {
    const product = await startProduct(MANY_REQUESTS, { latencyMs: 200 });
    try {
      const failover = { first: 'email', afterHours: 1 };
      const changed = await product.api.call('PATCH', '/v1/organisation', { body: JSON.stringify({ failover }) });
      expect(changed.status).toBe(200);
      const outcomeOf = (to: string, i: number): OutcomeRequest[] =>
        i % 3 === 0 ? [] : [{ provider: 'sendgrid', outcome: i % 3 === 1 ? 'bounced' : 'silent', match: { to } }];
      await planOutcomes(
        product.sandboxUrl,
        Array.from({ length: ROWS }, (_, i) => outcomeOf(`person${i}.failover@example.com`, i)).flat(),
      );
      const upload = await product.upload('failover', ROWS);
      const { id, rows } = upload;
      await underWay(product.api, id);
      const kill = () =>
        killAtRandom(product, random, { names: ['worker', 'api'], times: KILLS, everyMs: [300, 1_500] });
      const atFirst = kill();
      await atFirst.done;
      await until(
        'those who did not get the e-mail to be sent the SMS, and the silent ones to wait',
        () => product.api.find(id),
        ({ status, invitations: { email, sms } }) =>
          // What a kill has left in doubt stays so.
          status === 'scheduled' &&
          sms.delivered + sms.unconfirmed === email.bounced &&
          sms.suppressed === email.delivered,
        120_000,
      );

      await product.restartWorker('worker', AN_HOUR_LATER);
      await product.api.call('POST', `/v1/imports/${id}/schedule`, { body: '{"sendAt":"now"}' });
      const inTheWait = kill();
      await inTheWait.done;
      await product.api.rest(id, 180_000);

      const violations = await checkInvariants(product, upload);
      const messages = await acceptedMessages(product);
      const count = (address: string): number => messages.filter(({ to }) => to === address).length;
      const invited = await product.api.rows(id);
      const twice = rows.filter(({ email, mobile }) => count(email) > 1 || count(mobile) > 1);
      /** The state of the e-mail decides about the SMS, unless a kill has left that in doubt: it may have reached nobody. */
      const untrue = rows.filter(({ mobile }, i) => {
        const stateOf = (of: string) => invited[i]!.invitations.find(({ channel }) => channel === of)!.state;
        const isWanted = stateOf('email') !== 'delivered';
        return stateOf('sms') === 'unconfirmed' ? !isWanted : count(mobile) !== (isWanted ? 1 : 0);
      });
      const sent = (of: 'email' | 'mobile'): number => rows.filter((one) => count(one[of]) > 0).length;
      figures.add(
        atFirst.count() + inTheWait.count(),
        ROWS,
        sent('email'),
        sent('mobile'),
        twice.length,
        untrue.length,
        violations.length,
      );
      expect(violations).toEqual([]);
      expect(twice).toEqual([]);
      expect(untrue).toEqual([]);
    } finally {
      await product.stop();
    }
  });
});
