import type { Finding } from '../../../local/inspect';
import { DEMO_ORGANISATION_ID } from '../../../store/people/seed-demo';
import { startStack } from '../../support/stack';
import type { Stack } from '../../support/stack';
import { runCli } from '../cli';

/** Each call is a process of its own. */
jest.setTimeout(120_000);

describe('What doctor says of delivery reports', () => {
  async function findingOf(stack: Stack): Promise<Finding | undefined> {
    const { key } = stack.as('support');
    const { out } = await runCli(['doctor', '--output', 'json', '--url', stack.url, '--key', key]);
    return (JSON.parse(out) as Finding[]).find(({ what }) => what === 'Delivery reports');
  }

  test.each([
    ['email', 'of e-mails are not taken', 'SENDGRID_WEBHOOK_PUBLIC_KEY'],
    ['sms', 'of SMS are not taken', 'WEBHOOK_URL and TWILIO_AUTH_TOKEN'],
  ] as const)(
    'With %s first, and settings that were taken away, it is wrong and names them',
    async (first, what, settings) => {
      const stack = await startStack({}, { worker: false, outbox: false });
      try {
        expect(await findingOf(stack)).toBeUndefined();
        // As it was set while the installation took reports.
        await stack.store.organisations.change(DEMO_ORGANISATION_ID, { failover: { first, afterHours: 24 } });
        const finding = await findingOf(stack);
        expect(finding!.ok).toBe(false);
        expect(finding!.detail).toContain(what);
        expect(finding!.detail).toContain(settings);
      } finally {
        await stack.stop();
      }
    },
  );

  test('With reports it is right, and tells when the other channel follows without one', async () => {
    const stack = await startStack({}, { worker: false, outbox: false, callbacks: true });
    try {
      await stack.store.organisations.change(DEMO_ORGANISATION_ID, { failover: { first: 'email', afterHours: 6 } });
      expect(await findingOf(stack)).toMatchObject({
        ok: true,
        detail: 'of e-mails are taken; without one the SMS follows after 6 h',
      });
    } finally {
      await stack.stop();
    }
  });
});
