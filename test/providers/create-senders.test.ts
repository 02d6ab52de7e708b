import { ConfigError, loadConfig } from '../../platform/config';
import { createProviderRecords, createSenders } from '../../providers/index';
import { ACCOUNT_SID, everythingOf, message, sendDeadline } from './senders';
import { json, startScriptedProvider } from './scripted-provider';

const COMPLETE = {
  TWILIO_ACCOUNT_SID: ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: 'canary-auth-token',
  TWILIO_FROM: '+15005550006',
  SENDGRID_API_KEY: 'SG.canary-api-key',
  SENDGRID_FROM: 'invitations@example.test',
};

function refusal(environment: Record<string, string>): ConfigError {
  try {
    createSenders(loadConfig(environment));
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error as ConfigError;
  }
  throw new Error('expected a ConfigError');
}

describe('the senders of a configuration', () => {
  it('When everything is configured, then there is a sender for each channel, of the size that is configured', () => {
    const senders = createSenders(loadConfig({ ...COMPLETE, EMAIL_BATCH_SIZE: '7' }));
    expect(senders.email).toMatchObject({ channel: 'email', batchSize: 7 });
    expect(senders.email).not.toHaveProperty('lookUp');
    expect(senders.email).not.toHaveProperty('findAll');
    expect(senders.sms).toMatchObject({ channel: 'sms', batchSize: 1 });
    expect(senders.sms).toHaveProperty('lookUp');
  });

  it('When base URLs are configured, then the senders speak to these', async () => {
    const provider = await startScriptedProvider();
    provider.follow(json(201, { sid: 'SM1' }, { 'X-Message-Id': 'req' }));
    const senders = createSenders(
      loadConfig({ ...COMPLETE, TWILIO_BASE_URL: provider.url, SENDGRID_BASE_URL: `${provider.url}/` }),
    );
    await senders.sms.send([message()], sendDeadline());
    await senders.email.send([message()], sendDeadline());
    expect(provider.seen.map(({ path }) => path)).toEqual([
      `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`,
      '/v3/mail/send',
    ]);
    await provider.close();
  });

  it('When the environment names a region of Twilio, then a host that is configured is still the one that is asked', async () => {
    const provider = await startScriptedProvider();
    provider.follow(json(201, { sid: 'SM1' }));
    // The SDK leaves an IP address alone.
    const byName = `${provider.url.replace('127.0.0.1', 'localhost')}/`;
    Object.assign(process.env, { TWILIO_EDGE: 'dublin', TWILIO_REGION: 'ie1' });
    try {
      const { sms } = createSenders(loadConfig({ ...COMPLETE, TWILIO_BASE_URL: byName }));
      expect(await sms.send([message()], sendDeadline())).toMatchObject([{ kind: 'accepted' }]);
    } finally {
      delete process.env.TWILIO_EDGE;
      delete process.env.TWILIO_REGION;
    }
    expect(provider.seen.map(({ path }) => path)).toEqual([`/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`]);
    await provider.close();
  });

  it.each([
    ['SENDGRID_BASE_URL', 'https://api.sendgrid.com'],
    ['SENDGRID_BASE_URL', 'https://api.eu.sendgrid.com/'],
    ['SENDGRID_BASE_URL', 'https://mail-proxy.example/sendgrid'],
    ['TWILIO_BASE_URL', 'https://api.twilio.com'],
    ['TWILIO_BASE_URL', 'https://api.dublin.ie1.twilio.com'],
    ['TWILIO_BASE_URL', 'https://api.sydney.au1.twilio.com/'],
    ['TWILIO_BASE_URL', 'https://api.sao-paulo.br1.twilio.com'],
    ['TWILIO_BASE_URL', 'http://sandbox:8025'],
  ])('When %s is %s, then it is taken', (name, url) => {
    expect(createSenders(loadConfig({ ...COMPLETE, [name]: url }))).toHaveProperty('sms');
  });

  it.each([
    ['SENDGRID_BASE_URL', 'https://eu.sendgrid.com', 'https://api.eu.sendgrid.com'],
    ['SENDGRID_BASE_URL', 'http://api.eu.sendgrid.com', 'https://api.eu.sendgrid.com'],
    ['SENDGRID_BASE_URL', 'https://api.eu.sendgrid.com/v3', 'https://api.eu.sendgrid.com'],
    ['SENDGRID_BASE_URL', 'https://app.sendgrid.com', 'https://api.sendgrid.com'],
    ['SENDGRID_BASE_URL', 'https://api.twilio.com', 'https://api.sendgrid.com'],
    ['SENDGRID_BASE_URL', 'https://key@mail-proxy.example', 'without a key'],
    ['SENDGRID_BASE_URL', 'ftp://mail.example', 'https://'],
    ['TWILIO_BASE_URL', 'https://api.ie1.twilio.com', 'https://api.dublin.ie1.twilio.com'],
    ['TWILIO_BASE_URL', 'https://api.twilio.com/2010-04-01', 'https://api.twilio.com'],
    ['TWILIO_BASE_URL', 'https://www.twilio.com', 'https://api.twilio.com'],
    ['TWILIO_BASE_URL', 'https://api.eu.sendgrid.com', 'https://api.twilio.com'],
    ['TWILIO_BASE_URL', 'https://proxy.example?to=twilio', 'a query'],
  ])('When %s is %s, then the error says what to write', (name, url, advice) => {
    const error = refusal({ ...COMPLETE, [name]: url });
    expect(error.message).toContain(`${name}: must `);
    expect(error.message).toContain(advice);
    expect(error.message).not.toContain('key@');
  });

  it.each([
    ['none', {}, ['sms']],
    ['SendGrid’s own', { SENDGRID_BASE_URL: 'https://api.sendgrid.com' }, ['sms']],
    ['SendGrid’s in the EU', { SENDGRID_BASE_URL: 'https://api.eu.sendgrid.com' }, ['sms']],
    ['a proxy', { SENDGRID_BASE_URL: 'https://mail-proxy.example' }, ['sms']],
    ['a sandbox', { SENDGRID_BASE_URL: 'http://127.0.0.1:8025' }, ['email', 'sms']],
  ])('When the host for mails is %s, then an audit asks a sandbox alone for its ledger', (_, settings, channels) => {
    expect(Object.keys(createProviderRecords(loadConfig({ ...COMPLETE, ...settings })))).toEqual(channels);
  });

  it('When the API can be reached from outside, then Twilio is told where to report on each invitation', async () => {
    const provider = await startScriptedProvider();
    provider.follow(json(201, { sid: 'SM1' }));
    const senders = createSenders(
      loadConfig({ ...COMPLETE, TWILIO_BASE_URL: provider.url, WEBHOOK_URL: 'https://api.example/base/' }),
    );
    await senders.sms.send([message({ id: 'imp:2:sms:1' })], sendDeadline());
    expect(new URLSearchParams(provider.seen[0]!.body).get('StatusCallback')).toBe(
      'https://api.example/base/v1/webhooks/twilio?invitation=imp%3A2%3Asms%3A1',
    );
    await provider.close();
  });

  it('When nothing is configured, then one error names every missing variable', () => {
    const error = refusal({});
    for (const name of Object.keys(COMPLETE)) expect(error.message).toContain(`${name}: missing`);
  });

  it.each(Object.keys(COMPLETE))('When only %s is missing, then the error names it alone and no value', (name) => {
    const error = refusal({ ...COMPLETE, [name]: ' ' });
    expect(Object.keys(COMPLETE).filter((other) => error.message.includes(other))).toEqual([name]);
    expect(everythingOf(error)).not.toMatch(/canary/);
  });

  it('When the account’s SID is that of an API key, then the error says what is wanted', () => {
    expect(refusal({ ...COMPLETE, TWILIO_ACCOUNT_SID: 'SK0001' }).message).toMatch(
      /TWILIO_ACCOUNT_SID: .*starts with AC/,
    );
  });
});
