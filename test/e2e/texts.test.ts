import { stringify } from 'csv-stringify/sync';
import { HEADER, people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';

const HANDLEBARS = `d-${'0123456789abcdef'.repeat(2)}`;
const CONTENT = `HX${'0123456789abcdef'.repeat(2)}`;

describe('What is sent', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.stop());

  const json = (body: unknown) => ({ body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  const save = (id: string, body: object) => stack.api.call<{ version: number }>('PUT', `/v1/texts/${id}`, json(body));
  const settings = (body: object) => stack.api.call('PATCH', '/v1/organisation', json(body));
  const withLanguages = (rows: Person[], languages: string[]): string =>
    stringify([
      [...HEADER, 'Language'],
      ...rows.map((p, i) => [p.firstName, p.lastName, p.email, p.mobile, p.role, p.company, p.group, languages[i]]),
    ]);
  const sentTo = async ({ email, mobile }: Person) => {
    const all = (await stack.sandbox.messages()).filter(({ to }) => to === email || to === mobile);
    return { mails: all.filter(({ to }) => to === email), texts: all.filter(({ to }) => to === mobile) };
  };
  const languageOfMail = async (person: Person) => {
    const { mails } = await sentTo(person);
    return mails.map(({ html }) => /<html lang="([^"]+)" dir="([^"]+)">/.exec(html!)!.slice(1).join(' '));
  };

  test('When a file has a column Language, then each person gets one e-mail and one SMS in theirs or the nearest to it', async () => {
    const rows = people(8, 'languages', () => ({ group: 'Mayfair' }));
    const languages = ['de', 'de-AT', 'French', 'ar', 'es-MX', '', 'ja', 'Elvish'];
    const id = await stack.api.importIdWith({ mode: 'preview' }, withLanguages(rows, languages));
    const { plan } = await stack.api.rest(id);
    expect((await stack.api.apply(id, plan!.hash)).status).toBe(202);
    const done = await stack.api.rest(id);
    expect(done).toMatchObject({
      status: 'completed',
      rows: { created: 8 },
      invitations: { email: { sent: 8 }, sms: { sent: 8 } },
    });

    expect(await Promise.all(rows.map(languageOfMail))).toEqual(
      ['de ltr', 'de ltr', 'fr ltr', 'ar rtl', 'es ltr', 'en ltr', 'en ltr', 'en ltr'].map((one) => [one]),
    );
    const texts = await Promise.all(rows.map(async (row) => (await sentTo(row)).texts.map(({ body }) => body)));
    expect(texts.map(({ length }) => length)).toEqual(rows.map(() => 1));
    expect(texts[0]![0]).toContain('lädt Sie');
    expect(texts[3]![0]).toContain('تدعوكم');

    const answers = await stack.api.rows(id);
    expect(answers[7]!.problems).toMatchObject([{ code: 'language.unknown', value: 'Elvish', letter: 'H' }]);
    expect(answers[2]!.repairs).toMatchObject([{ column: 'Language', before: 'French', after: 'fr' }]);
    // An Arabic SMS takes more segments than one in the GSM alphabet, and the plan has said so.
    expect(answers[0]!.plan.smsSegments).toBe(1);
    expect(answers[3]!.plan.smsSegments).toBeGreaterThan(1);
    expect(plan!.smsSegments).toBe(answers.reduce((sum, { plan }) => sum + plan.smsSegments, 0));
  });

  test('When an organisation saves its own text, then later messages have it, and an earlier version can be sent again', async () => {
    expect((await save('sms:en', { body: 'First, {{firstName}} of {{organisation}}: {{link}}' })).body.version).toBe(1);
    expect((await save('sms:en', { body: 'Second {{organisation}} {{link}}', replaces: 1 })).body.version).toBe(2);
    const late = await save('sms:en', { body: 'Third {{organisation}} {{link}}', replaces: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'text-replaced' } });

    const [first, second, third] = [40, 50, 60].map((from) =>
      people(1, `own${from}`, () => ({ group: 'Mayfair' }), from),
    );
    const smsOf = async (rows: Person[]) => {
      await stack.api.rest(await stack.api.importId(toCsv(rows)));
      return (await sentTo(rows[0]!)).texts.map(({ body }) => body.split(' ')[0]);
    };
    expect(await smsOf(first!)).toEqual(['Second']);
    const restored = await stack.api.call('POST', '/v1/texts/sms:en/restorations', json({ version: 1 }));
    expect(restored).toMatchObject({ status: 200, body: { version: 1, isBuiltIn: false } });
    expect(await smsOf(second!)).toEqual(['First,']);
    expect(
      (
        await fetch(`${stack.url}/v1/texts/sms:en`, {
          method: 'DELETE',
          headers: { Authorization: `Bearer ${stack.api.key}` },
        })
      ).status,
    ).toBe(204);
    expect(await smsOf(third!)).toEqual(['Hello']);

    const { body } = await stack.api.get<{ isBuiltIn: boolean; versions: { version: number }[] }>('/v1/texts/sms:en');
    expect(body).toMatchObject({ isBuiltIn: true, versions: [{ version: 2 }, { version: 1 }] });
  });

  test('When the language of an organisation changes, then people without one are written to in it', async () => {
    await settings({ language: 'de_CH' });
    const [person] = people(1, 'german', () => ({ group: 'Mayfair' }), 70);
    await stack.api.rest(await stack.api.importId(toCsv([person!])));
    expect(await languageOfMail(person!)).toEqual(['de ltr']);
    await settings({ language: 'en' });
  });

  test('When a text cannot be sent, then nothing is saved and the answer names text, language and part', async () => {
    const { status, body } = await save('email:fr-CA', { subject: '{{nom}}', body: 'Bonjour', button: 'Oui' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'text-invalid',
      errors: [
        {
          pointer: '#/subject',
          code: 'text-invalid',
          detail: expect.stringMatching(/^The e-mail text in Canadian French, subject: /) as string,
        },
        { pointer: '#/body', detail: expect.stringMatching(/link\}\} is missing/) as string },
      ],
    });
    expect(await save('sms:de', { subject: 'x' })).toMatchObject({ status: 400, body: { code: 'text-invalid' } });
    expect(await save('sms:xx', { body: '{{link}}' })).toMatchObject({ status: 404 });
    const { body: list } = await stack.api.get<{ data: { id: string; isBuiltIn: boolean }[] }>('/v1/texts');
    expect(list.data.filter(({ isBuiltIn }) => isBuiltIn)).toHaveLength(10);
    expect(list.data).toHaveLength(10);
  });

  test('When a text is previewed, then it shows a row or an example, with the segments of an SMS', async () => {
    const [person] = people(1, 'preview', () => ({ group: 'Mayfair', firstName: 'Jörg' }), 80);
    const id = await stack.api.importId(toCsv([person!]));
    await stack.api.rest(id);
    const ofRow = await stack.api.call('POST', '/v1/texts/sms:de/previews', json({ row: { import: id, line: 2 } }));
    expect(ofRow).toMatchObject({
      status: 200,
      body: {
        language: 'de',
        text: expect.stringContaining('Guten Tag Jörg, ') as string,
        sms: { segments: 1, alphabet: 'GSM-7' },
      },
    });
    const content = { body: 'Привет {{firstName}}, {{link}}' };
    const unsaved = await stack.api.call('POST', '/v1/texts/sms:ru/previews', json({ content }));
    expect(unsaved).toMatchObject({ status: 200, body: { sms: { alphabet: 'UCS-2' } } });
    expect(await stack.api.call('POST', '/v1/texts/email:ar/previews', json({}))).toMatchObject({
      body: { direction: 'rtl', html: expect.stringContaining('dir="rtl"') as string, sms: null },
    });
    expect(
      await stack.api.call('POST', '/v1/texts/sms:de/previews', json({ row: { import: id, line: 9 } })),
    ).toMatchObject({ status: 404 });
  });

  test('When a staff member asks for a test, then they alone get it, and its link accepts nothing', async () => {
    const { body: staff } = await stack.api.get<{ data: { id: string; email: string }[] }>('/v1/staff');
    const before = (await stack.sandbox.messages()).length;
    const answer = await stack.api.call('POST', '/v1/texts/email:fr/tests', json({ staff: staff.data[0]!.id }));
    expect(answer).toMatchObject({ status: 202, body: { channel: 'email', language: 'fr' } });
    const messages = (await stack.sandbox.messages()).slice(before);
    expect(messages.map(({ to }) => to)).toEqual([staff.data[0]!.email]);
    expect((await fetch(`${stack.url}/join/ThisIsNoTokenAAA`)).status).toBe(404);
    expect(await stack.api.call('POST', '/v1/texts/email:fr/tests', json({ staff: 'somebody' }))).toMatchObject({
      status: 404,
    });
  });

  test('When an organisation has a name and an address for answers, then its e-mails have them, and nothing else gets into their heads', async () => {
    expect((await settings({ senderName: 'Harbour, Team Mayfair', replyTo: 'answers@example.org' })).status).toBe(200);
    for (const senderName of ['Eve\r\nBcc: victim@example.com', 'Eve <eve@example.com>', 'a\u2028b', '']) {
      expect((await settings({ senderName })).status).toBe(400);
    }
    for (const replyTo of ['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', 'nobody']) {
      expect((await settings({ replyTo })).status).toBe(400);
    }
    const [person] = people(1, 'sender', () => ({ group: 'Mayfair' }), 90);
    await stack.api.rest(await stack.api.importId(toCsv([person!])));
    const { mails } = await sentTo(person!);
    expect(mails).toMatchObject([{ fromName: 'Harbour, Team Mayfair', replyTo: 'answers@example.org' }]);
    await settings({ senderName: null, replyTo: null });
  });

  test('When somebody unsubscribes by one click, then they get no more e-mails; opening the address changes nothing', async () => {
    const [person] = people(1, 'unsubscribe', () => ({ group: 'Mayfair' }), 110);
    const id = await stack.api.importId(toCsv([person!]));
    await stack.api.rest(id);
    const { mails } = await sentTo(person!);
    const { 'List-Unsubscribe': header, 'List-Unsubscribe-Post': post } = mails[0]!.headers!;
    expect(post).toBe('List-Unsubscribe=One-Click');
    const url = new URL(/^<(https?:[^>]+)>$/.exec(header!)![1]!);
    const here = `${stack.url}${url.pathname}`;
    const inStore = () => stack.db.collection('people').findOne({ email: person!.email });

    const shown = await fetch(here, { headers: { 'Accept-Language': 'de' } });
    expect([shown.status, await shown.text()]).toEqual([
      200,
      expect.stringContaining('Keine E-Mails mehr senden') as string,
    ]);
    expect((await fetch(here, { method: 'HEAD' })).status).toBe(200);
    expect((await inStore())!['optedOut'] ?? []).toEqual([]);

    const form = {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      redirect: 'manual',
    } as const;
    expect((await fetch(here, form)).status).toBe(200);
    expect((await fetch(here, form)).status).toBe(200);
    expect(await inStore()).toMatchObject({
      optedOut: ['email'],
      optOutEvents: [{ channel: 'email', optedOut: true }],
    });
    expect((await fetch(`${stack.url}/unsubscribe/AAAAAAAAAAAAAAAA`, form)).status).toBe(404);

    const again = await stack.api.importIdWith({ onExisting: 'invite' }, toCsv([person!]));
    await stack.api.rest(again);
    const after = await sentTo(person!);
    expect([after.mails.length, after.texts.length]).toEqual([1, 2]);
  });

  test('When templates of the providers take the place of texts, then each request of SendGrid still carries many people', async () => {
    expect((await save('email:es', { templateId: HANDLEBARS })).status).toBe(200);
    expect((await save('sms:es', { templateId: CONTENT })).status).toBe(200);
    const rows = people(30, 'templates', () => ({ group: 'Mayfair' }), 200);
    const id = await stack.api.importId(
      withLanguages(
        rows,
        rows.map((_, i) => (i % 2 ? 'es' : 'de')),
      ),
    );
    expect(await stack.api.rest(id)).toMatchObject({ status: 'completed', rows: { created: 30 } });

    const mails = (await stack.sandbox.messages()).filter(({ to }) => to.includes('.templates@'));
    expect(mails).toHaveLength(30);
    const ofTemplate = mails.filter(({ body }) => body.startsWith(`Template ${HANDLEBARS} with {"firstName":"Given`));
    expect(ofTemplate).toHaveLength(15);
    expect(ofTemplate.every(({ body }) => body.includes('/join/') && body.includes(stack.organisationName))).toBe(true);
    // 15 and 15 people in batches of 25: one request for each text of a batch.
    expect(new Set(mails.map((mail) => mail.id.split('.')[0])).size).toBe(3);
    const { texts } = await sentTo(rows[1]!);
    expect(texts[0]!.body).toMatch(new RegExp(`^Content ${CONTENT} with \\{"firstName":"Given1"`));
  });

  const templateOf = (channel: 'email' | 'sms', end: string) =>
    `${channel === 'email' ? 'd-' : 'HX'}${'0'.repeat(32 - end.length)}${end}`;
  const preview = (id: string, body: object = {}) =>
    stack.api.call<{ template: object | null }>('POST', `/v1/texts/${id}/previews`, json(body));

  test.each([
    ['email', '404', /^SendGrid has no dynamic template of this id in the account that sends$/],
    ['email', '204', /^no version of the template is active at SendGrid$/],
    ['sms', '404', /^Twilio has no content of this id in the account that sends$/],
  ] as const)(
    'A template (%s, %s) that the provider does not have is not saved, and a preview says so',
    async (channel, end, why) => {
      const content = { templateId: templateOf(channel, end) };
      const refused = await save(`${channel}:pl`, content);
      expect(refused).toMatchObject({
        status: 400,
        body: {
          code: 'text-invalid',
          errors: [{ field: 'templateId', detail: expect.stringMatching(new RegExp(why.source, 'i')) as string }],
        },
      });
      expect((await preview(`${channel}:pl`, { content })).body.template).toEqual({
        state: 'missing',
        message: expect.stringMatching(why) as string,
        warnings: [],
      });
      expect((await stack.api.get<{ isBuiltIn: boolean }>(`/v1/texts/${channel}:pl`)).body.isBuiltIn).toBe(true);
    },
  );

  test('A template that the key may not read is saved as unverified; of one that is there, what it lacks is told', async () => {
    for (const channel of ['email', 'sms'] as const) {
      expect((await save(`${channel}:pl`, { templateId: templateOf(channel, '403') })).status).toBe(200);
      expect((await preview(`${channel}:pl`)).body.template).toMatchObject({ state: 'unverified', warnings: [] });
      expect((await save(`${channel}:pl`, { templateId: templateOf(channel, '422') })).status).toBe(200);
      expect((await preview(`${channel}:pl`)).body.template).toMatchObject({
        state: 'found',
        message: null,
        warnings: [{ code: 'no-link' }, { code: 'unknown-variable', variable: 'first_name' }],
      });
      expect((await preview(`${channel}:de`)).body.template).toBeNull();
    }
  });

  test('A template that is gone since it was saved is neither tested nor taken back', async () => {
    expect((await save('email:nl', { templateId: templateOf('email', '1') })).body.version).toBe(1);
    await stack.db
      .collection('message_texts')
      .updateOne({ language: 'nl' }, { $set: { 'text.templateId': templateOf('email', '404') } });
    const restored = await stack.api.call('POST', '/v1/texts/email:nl/restorations', json({ version: 1 }));
    expect(restored).toMatchObject({ status: 400, body: { code: 'text-invalid' } });
  });
});
