import type { MailDataRequired } from '@sendgrid/mail';
import type { SendGridFailure } from '../support/sandbox';
import { control, failureOf, ledgerOf, requestsOf, sendGridAt, useSandbox } from '../support/sandbox';

const sandbox = useSandbox();

const mailTo = (...emails: string[]): MailDataRequired => ({
  from: { email: 'invitations@example.com', name: 'Example' },
  subject: 'Hello -first_name-',
  content: [{ type: 'text/plain', value: 'Hello -first_name-: https://example.org/join/-token-' }],
  personalizations: emails.map((to, i) => ({ to, substitutions: { first_name: 'Ann', token: `t${i}` } })),
});
const send = (mail: unknown, key?: string) => sendGridAt(sandbox.url(), key).send(mail as MailDataRequired);

/** What the SDK would not send by itself. */
const post = async (body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${sandbox.url()}/v3/mail/send`, {
    method: 'POST',
    body,
    headers: { Authorization: 'Bearer SG.key', 'Content-Type': 'application/json', ...headers },
  });
  return { status: response.status, text: await response.text() };
};
const rawMail = (changes: object = {}) => ({
  from: { email: 'invitations@example.com' },
  subject: 'Hello',
  content: [{ type: 'text/plain', value: 'Hello' }],
  personalizations: [{ to: [{ email: 'ann@example.com' }] }],
  ...changes,
});

describe('sending by SendGrid', () => {
  test('When a request is right, then each person stands in the ledger with what they would read', async () => {
    const [response, body] = await send({
      ...mailTo('ann@example.com', 'bob@example.com'),
      content: [
        { type: 'text/plain', value: '-first_name-, join: https://example.org/-token-' },
        { type: 'text/html', value: '<b>-first_name-</b> and again -first_name-' },
      ],
      customArgs: { product: 'import' },
      personalizations: [
        { to: 'ann@example.com', substitutions: { first_name: 'Ann', token: 't1' }, customArgs: { invitation: 'i1' } },
        { to: 'bob@example.com', substitutions: { first_name: '$& Bob', token: 't2' } },
      ],
    });

    expect(response.statusCode).toBe(202);
    expect(body).toBe('');
    const id = (response.headers as Record<string, string>)['x-message-id']!;
    const shared = {
      provider: 'sendgrid',
      from: 'invitations@example.com',
      account: expect.stringMatching(/^key-/) as string,
    };
    expect(await ledgerOf(sandbox.url())).toMatchObject([
      {
        ...shared,
        id: `${id}.0`,
        to: 'ann@example.com',
        subject: 'Hello Ann',
        body: 'Ann, join: https://example.org/t1',
        html: '<b>Ann</b> and again Ann',
        customArgs: { product: 'import', invitation: 'i1' },
      },
      {
        ...shared,
        id: `${id}.1`,
        to: 'bob@example.com',
        subject: 'Hello $& Bob',
        html: '<b>$& Bob</b> and again $& Bob',
        customArgs: { product: 'import' },
      },
    ]);
    expect(JSON.stringify(await ledgerOf(sandbox.url()))).not.toContain('SG.key');
    expect(await requestsOf(sandbox.url())).toMatchObject([
      { provider: 'sendgrid', path: '/v3/mail/send', status: 202, recipients: 2, accepted: true },
    ]);
  });

  test('When one mail goes to several people, then each of them has a line of their own', async () => {
    await send({
      ...mailTo(),
      personalizations: [{ to: ['ann@example.com', 'bob@example.com'], bcc: 'eve@example.com' }],
    });

    const lines = await ledgerOf(sandbox.url());
    expect(lines.map(({ to, id }) => [to, id.slice(22)])).toEqual([
      ['ann@example.com', '.0'],
      ['bob@example.com', '.0.1'],
      ['eve@example.com', '.0.2'],
    ]);
  });

  test('A mail from a template shows its id and data in the inbox', async () => {
    await send({
      from: 'invitations@example.com',
      templateId: 'd-1',
      personalizations: [{ to: 'ann@example.com', dynamicTemplateData: { name: 'Ann' } }],
    });

    expect((await ledgerOf(sandbox.url()))[0]!.body).toBe('Template d-1 with {"name":"Ann"}');
  });

  test('When the sandbox mode of SendGrid is on, then the request is checked with 200 and not recorded', async () => {
    const [response] = await send({ ...mailTo('ann@example.com'), mailSettings: { sandboxMode: { enable: true } } });

    expect(response.statusCode).toBe(200);
    expect(await ledgerOf(sandbox.url())).toEqual([]);
    expect(await requestsOf(sandbox.url())).toMatchObject([{ status: 200, recipients: 1, accepted: false }]);
  });

  test('When there are 1,000 personalizations, then all are accepted; with one more, none is', async () => {
    const emails = Array.from({ length: 1001 }, (_, i) => `person${i}@example.com`);

    const failure = await failureOf<SendGridFailure>(send(mailTo(...emails)));
    expect(failure).toMatchObject({ code: 400, response: { body: { errors: [{ field: 'personalizations' }] } } });
    expect(await ledgerOf(sandbox.url())).toEqual([]);

    await send(mailTo(...emails.slice(1)));
    expect(await ledgerOf(sandbox.url())).toHaveLength(1000);
  });

  test('When one address of many is wrong, then the error names it and nothing of the request is accepted', async () => {
    const { code, response } = await failureOf<SendGridFailure>(
      send(mailTo('a@example.com', 'b@example.com', 'c@example.com', 'd..d@example.com', 'e@example')),
    );

    expect(code).toBe(400);
    expect(response!.body.errors).toEqual([
      {
        message: 'Not a valid email address.',
        field: 'personalizations.3.to.0.email',
        help: 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.personalizations.to',
      },
      expect.objectContaining({ field: 'personalizations.4.to.0.email' }),
    ]);
    expect(await ledgerOf(sandbox.url())).toEqual([]);
    expect(await requestsOf(sandbox.url())).toMatchObject([{ status: 400, recipients: 5, accepted: false }]);
  });

  test.each([
    ['from.email', { from: { email: 'nobody' } }],
    ['from', { from: undefined }],
    ['subject', { subject: '' }],
    ['subject', { subject: 5, template_id: 'd-1' }],
    ['personalizations.0.subject', { personalizations: [{ to: [{ email: 'a@b.co' }], subject: '' }] }],
    ['content', { content: [] }],
    ['content.0.value', { content: [{ type: 'text/plain', value: '' }] }],
    [
      'content',
      {
        content: [
          { type: 'text/html', value: 'x' },
          { type: 'text/plain', value: 'x' },
        ],
      },
    ],
    ['personalizations', { personalizations: [] }],
    ['personalizations.0', { personalizations: [null] }],
    ['personalizations.0.to', { personalizations: [{}] }],
    ['personalizations.0.to', { personalizations: [{ to: 'ann@example.com' }] }],
    ['personalizations.0.to.0', { personalizations: [{ to: ['ann@example.com'] }] }],
    ['personalizations.0.to.0.email', { personalizations: [{ to: [{ email: 'zoë@example.com' }] }] }],
    ['personalizations.0.to.0.email', { personalizations: [{ to: [{ email: `${'x'.repeat(65)}@example.com` }] }] }],
    ['personalizations.0', { personalizations: [{ to: [{ email: 'a@b.co' }], cc: [{ email: 'A@b.co' }] }] }],
    ['personalizations.0.custom_args.n', { personalizations: [{ to: [{ email: 'a@b.co' }], custom_args: { n: 1 } }] }],
    ['custom_args.n', { custom_args: { n: 1 } }],
    [
      'personalizations.0.substitutions.-n-',
      { personalizations: [{ to: [{ email: 'a@b.co' }], substitutions: { '-n-': 1 } }] },
    ],
    [
      'personalizations',
      { personalizations: [{ to: Array.from({ length: 1001 }, (_, i) => ({ email: `p${i}@b.co` })) }] },
    ],
  ])('When %s is wrong (case %#), then the error names it and nothing is accepted', async (field, changes) => {
    const { status, text } = await post(JSON.stringify(rawMail(changes)));

    expect(status).toBe(400);
    expect((JSON.parse(text) as { errors: { field: string }[] }).errors.map((error) => error.field)).toEqual([field]);
    expect(await ledgerOf(sandbox.url())).toEqual([]);
  });

  test.each(['{"from":', '"text"', '[]'])('When the body is %j, then the answer is a 400 of SendGrid', async (body) => {
    const { status, text } = await post(body);

    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ field: null, help: null }] });
  });

  test('When an address has an international domain or an unusual local part, then it is accepted', async () => {
    await send(mailTo('ann@münchen.de', "o'neil+x&y@sub.example.co.uk"));

    expect(await ledgerOf(sandbox.url())).toHaveLength(2);
  });

  test('When a request is over 30 MB, then the answer is an HTML page with 413', async () => {
    const mail = { ...mailTo('ann@example.com'), text: 'x'.repeat(31 * 1024 * 1024) };
    const { code, response } = await failureOf<SendGridFailure>(send(mail));

    expect(code).toBe(413);
    expect(response!.headers['content-type']).toContain('text/html');
    expect(response!.body).toContain('<html>');
    expect(await ledgerOf(sandbox.url())).toEqual([]);
  });

  test.each(['', 'Bearer key', 'Basic SG.key', 'Bearer SG.', 'Bearer SG.sandbox-wrong'])(
    'When the authorization is "%s", then the answer is a 401 of SendGrid',
    async (authorization) => {
      const { status, text } = await post(JSON.stringify(rawMail()), { Authorization: authorization });

      expect(status).toBe(401);
      expect(JSON.parse(text)).toEqual({
        errors: [{ message: expect.any(String) as string, field: null, help: null }],
      });
      expect(await ledgerOf(sandbox.url())).toEqual([]);
    },
  );

  test('When the key is one of the wrong ones, then the SDK fails with 401', async () => {
    expect(await failureOf<SendGridFailure>(send(mailTo('ann@example.com'), 'SG.sandbox-wrong.key'))).toMatchObject({
      code: 401,
    });
  });

  test('When a latency is set, then answers take at least that long', async () => {
    await control(sandbox.url(), '/__settings', 'PUT', { latencyMs: 150 });
    const start = performance.now();
    await send(mailTo('ann@example.com'));

    expect(performance.now() - start).toBeGreaterThanOrEqual(149);
  });
});
