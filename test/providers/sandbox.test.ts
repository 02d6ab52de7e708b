import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/server';
import { startSandbox } from '../../sandbox/server';
import { message, sendDeadline, sendGridSender, twilioSender } from './senders';

describe('the senders against the sandbox', () => {
  let sandbox: Sandbox;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'senders-'));
    sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dataDir, latencyMs: 0 });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true });
  });
  const ledger = async (): Promise<{ to: string; id: string }[]> => {
    const { messages } = (await (await fetch(`${sandbox.url}/__ledger`)).json()) as {
      messages: { to: string; id: string }[];
    };
    return messages;
  };

  it('When mails go out and one address is refused, then the others are in the ledger once', async () => {
    const people = ['ada@example.test', 'sandbox-rejected@example.test', 'bob@example.test'].map((to, i) =>
      message({ id: `e${i}`, to }),
    );
    const outcomes = await sendGridSender(sandbox.url).send(people, sendDeadline());
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'rejected', 'accepted']);
    expect(
      (await ledger())
        .map(({ to }) => to)
        .filter((to) => to.includes('@'))
        .sort(),
    ).toEqual(['ada@example.test', 'bob@example.test']);
  });

  it('When the answer to an SMS is lost, then the outcome is ambiguous and the look-up finds the message', async () => {
    const sender = twilioSender(sandbox.url);
    const lost = message({ to: '+12025550198', token: 'lost0token' });
    expect(await sender.send([lost], sendDeadline())).toMatchObject([{ kind: 'ambiguous' }]);
    expect(await sender.lookUp!(lost)).toEqual({
      kind: 'accepted',
      providerId: expect.stringMatching(/^SM/) as string,
    });
    expect(await sender.lookUp!({ ...lost, token: 'never0sent' })).toEqual({ kind: 'not-found' });
  });

  it('When an audit asks for all that was sent, then both providers tell what they hold for each invitation', async () => {
    const mails = sendGridSender(sandbox.url);
    const texts = twilioSender(sandbox.url);
    const invitation = (name: string, to: string) => message({ id: `audit:2:${name}:1`, token: `audited0${name}`, to });
    const mail = invitation('mail', 'dan@example.test');
    const text = invitation('text', '+12025550155');
    await mails.send([mail], sendDeadline());
    // Once more under the same id, as only a fault of ours could do it.
    await mails.send([mail, invitation('other', 'eve@example.test')], sendDeadline());
    await texts.send([text], sendDeadline());
    const [unsentMail, unsentText] = [invitation('unsent', 'dan@example.test'), invitation('unsent', '+12025550155')];
    const byMail = await mails.findAll!([mail, unsentMail]);
    expect(byMail.get('audit:2:unsent:1')).toEqual([]);
    expect(byMail.get('audit:2:mail:1')).toHaveLength(2);
    const ids = (await ledger()).filter(({ to }) => to === 'dan@example.test').map(({ id }) => id);
    expect(byMail.get('audit:2:mail:1')!.sort()).toEqual(ids.sort());
    const byText = await texts.findAll!([text, unsentText]);
    expect(byText.get('audit:2:unsent:1')).toEqual([]);
    expect(byText.get('audit:2:text:1')).toEqual([expect.stringMatching(/^SM/)]);
  });

  it('When an audit asks a host that is no sandbox for its mails, then it is told so', async () => {
    const elsewhere = sendGridSender(`${sandbox.url}/v3`);
    await expect(elsewhere.findAll!([message()])).rejects.toThrow(
      'The sandbox could not be asked for its messages (http-',
    );
  });

  it.each([
    ['+15005550001', 'invitation.address-refused', '21211'],
    ['+15005550002', 'invitation.sender-not-for-number', '21612'],
    ['+15005550003', 'invitation.country-not-enabled', '21408'],
    ['+15005550004', 'invitation.opted-out', '21610'],
  ])('When Twilio’s test number %s is invited, then the reason is %s', async (to, code, providerCode) => {
    expect(await twilioSender(sandbox.url).send([message({ to })], sendDeadline())).toEqual([
      { kind: 'rejected', code, providerCode },
    ]);
  });
});
