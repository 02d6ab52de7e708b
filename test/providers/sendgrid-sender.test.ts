import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvitationMessage } from '../../providers/sender';
import type { ScriptedProvider, Script, Seen } from './scripted-provider';
import { json, raw, startScriptedProvider } from './scripted-provider';
import { CANARIES, expectNoCanary, message, sendDeadline, sendGridSender } from './senders';

interface Mail {
  from: object;
  subject: string;
  personalizations: { to: { email: string }[]; substitutions: Record<string, string>; custom_args: object }[];
  content: { type: string; value: string }[];
  tracking_settings: object;
}
const mailOf = (seen: Seen): Mail => JSON.parse(seen.body) as Mail;
const recipients = (seen: Seen): string[] => mailOf(seen).personalizations.map(({ to }) => to[0]!.email);

const people = (...names: string[]): InvitationMessage[] =>
  names.map((name) =>
    message({
      id: `invitation-${name}`,
      token: `token0${name}`,
      to: `${name}@example.test`,
      firstName: `First ${name}`,
    }),
  );

describe('the SendGrid sender', () => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startScriptedProvider();
  });
  afterAll(() => provider.close());
  afterEach(() => jest.restoreAllMocks());

  const accepted = raw(202, '', { 'X-Message-Id': 'req' });
  /** Refuses the recipients that are named, as SendGrid does: by their index, and everybody with them. */
  const refusing =
    (bad: string[], atOnce = true): Script =>
    (response, seen) => {
      const fields = recipients(seen).flatMap((to, i) =>
        bad.includes(to) ? [`personalizations.${i}.to.0.email`] : [],
      );
      const errors = (atOnce ? fields : fields.slice(0, 1)).map((field) => ({
        message: 'Does not contain a valid address.',
        field,
      }));
      if (errors.length > 0) json(400, { errors })(response, seen);
      else accepted(response, seen);
    };

  it('When it sends to many, then one request holds a personalization for each, and ids tell them apart', async () => {
    provider.follow(accepted);
    const outcomes = await sendGridSender(provider.url).send(people('ada', 'bob', 'cyd'), sendDeadline());
    expect(outcomes).toEqual(['req.0', 'req.1', 'req.2'].map((providerId) => ({ kind: 'accepted', providerId })));
    expect(provider.seen).toHaveLength(1);
    const [seen] = provider.seen;
    expect(seen).toMatchObject({ method: 'POST', path: '/v3/mail/send' });
    expect(seen!.headers).toMatchObject({
      authorization: `Bearer ${CANARIES.apiKey}`,
      'content-type': 'application/json',
    });
    const mail = mailOf(seen!);
    expect(mail.from).toEqual({ email: 'invitations@example.test', name: 'Client Import' });
    expect(mail.content.map(({ type }) => type)).toEqual(['text/plain', 'text/html']);
    expect(mail.tracking_settings).toEqual({ click_tracking: { enable: false, enable_text: false } });
  });

  it('When it sends to many, then nobody sees anything of another person', async () => {
    provider.follow(accepted);
    const names = ['ada', 'bob', 'cyd'];
    await sendGridSender(provider.url).send(people(...names), sendDeadline());
    const { personalizations, ...shared } = mailOf(provider.seen[0]!);
    personalizations.forEach((personalization, i) => {
      expect(Object.keys(personalization).sort()).toEqual(['custom_args', 'substitutions', 'to']);
      expect(personalization.to).toEqual([{ email: `${names[i]}@example.test` }]);
      const others = names.filter((_, j) => j !== i);
      for (const other of others) expect(JSON.stringify(personalization)).not.toContain(other);
    });
    for (const name of [...names, CANARIES.organisationName]) expect(JSON.stringify(shared)).not.toContain(name);
  });

  it('When it sends, then SendGrid is told an opaque id for its events and nothing else about the person', async () => {
    provider.follow(accepted);
    await sendGridSender(provider.url).send(people('ada'), sendDeadline());
    const mail = mailOf(provider.seen[0]!);
    expect(mail.personalizations[0]!.custom_args).toEqual({ invitation: 'invitation-ada' });
    expect(Object.keys(mail).sort()).toEqual(['content', 'from', 'personalizations', 'subject', 'tracking_settings']);
  });

  it('When the keys of a mail are filled in, then the person reads the invitation and no key is left', async () => {
    provider.follow(accepted);
    await sendGridSender(provider.url).send(people('ada'), sendDeadline());
    const mail = mailOf(provider.seen[0]!);
    const fill = (text: string): string =>
      Object.entries(mail.personalizations[0]!.substitutions).reduce(
        (filled, [key, value]) => filled.replaceAll(key, value),
        text,
      );
    expect(fill(mail.subject)).toBe('Canary Wealth invites you to its private messenger');
    const [text, html] = mail.content.map(({ value }) => fill(value));
    expect(text).toMatch(/^Hello First ada,\n/);
    expect(text).toContain('\nhttps://messenger.example/join/token0ada\n');
    expect(html).toContain('<a href="https://messenger.example/join/token0ada"');
    expect(`${text}${html}`).not.toMatch(/-[a-z]+_[a-z_]+-/);
  });

  it('When there is nobody to send to, then there is no request', async () => {
    provider.follow(accepted);
    expect(await sendGridSender(provider.url).send([], sendDeadline())).toEqual([]);
    expect(provider.seen).toHaveLength(0);
  });

  it('When an address holds angle brackets, then it is not taken apart', async () => {
    provider.follow(accepted);
    await sendGridSender(provider.url).send([message({ to: '"x <y@z.test>"@example.test' })], sendDeadline());
    expect(recipients(provider.seen[0]!)).toEqual(['"x <y@z.test>"@example.test']);
  });

  describe('when SendGrid refuses single recipients', () => {
    const REFUSED = { kind: 'rejected', code: 'invitation.address-refused', providerCode: 'http-400-recipient' };

    it('When two of five are named, then these are rejected and the others are sent in a second request', async () => {
      provider.follow(refusing(['bob@example.test', 'eve@example.test']));
      const outcomes = await sendGridSender(provider.url).send(
        people('ada', 'bob', 'cyd', 'dan', 'eve'),
        sendDeadline(),
      );
      expect(outcomes).toEqual([
        { kind: 'accepted', providerId: 'req.0' },
        REFUSED,
        { kind: 'accepted', providerId: 'req.1' },
        { kind: 'accepted', providerId: 'req.2' },
        REFUSED,
      ]);
      expect(provider.seen.map(recipients)).toEqual([
        ['ada', 'bob', 'cyd', 'dan', 'eve'].map((name) => `${name}@example.test`),
        ['ada', 'cyd', 'dan'].map((name) => `${name}@example.test`),
      ]);
      expectNoCanary(outcomes);
    });

    it('When they are named one at a time, then each round takes one out until nobody is left', async () => {
      const names = ['ada', 'bob', 'cyd'];
      provider.follow(
        refusing(
          names.map((name) => `${name}@example.test`),
          false,
        ),
      );
      const outcomes = await sendGridSender(provider.url).send(people(...names), sendDeadline());
      expect(outcomes).toEqual([REFUSED, REFUSED, REFUSED]);
      expect(provider.seen.map((seen) => recipients(seen).length)).toEqual([3, 2, 1]);
    });

    it('When the second request gets no clear answer, then only its recipients are ambiguous', async () => {
      provider.follow((response, seen) =>
        provider.seen.length === 1 ? refusing(['bob@example.test'])(response, seen) : response.destroy(),
      );
      const outcomes = await sendGridSender(provider.url).send(people('ada', 'bob', 'cyd'), sendDeadline());
      const ambiguous = { kind: 'ambiguous', cause: 'UND_ERR_SOCKET' };
      expect(outcomes).toEqual([ambiguous, REFUSED, ambiguous]);
      expect(provider.seen).toHaveLength(2);
    });

    it('When sender and recipient are refused together, then the recipient is rejected and the rest stops', async () => {
      provider.follow((response, seen) => {
        const bad = recipients(seen).indexOf('bob@example.test');
        const errors = [{ field: 'from.email' }, ...(bad < 0 ? [] : [{ field: `personalizations.${bad}.to.0.email` }])];
        json(400, { errors })(response, seen);
      });
      const outcomes = await sendGridSender(provider.url).send(people('ada', 'bob'), sendDeadline());
      expect(outcomes).toEqual([
        { kind: 'stopped', code: 'invitation.sender-refused', providerCode: 'http-400-sender' },
        REFUSED,
      ]);
    });

    it.each([
      ['with 400', (): Script => json(400, { errors: [{ message: 'Bad Request', field: null }] }), 'http-400-alone'],
      ['with 400 and HTML', (): Script => raw(400, '<html>Bad Request</html>'), 'http-400-alone'],
      ['with 413', (): Script => raw(413, '<html>Request Entity Too Large</html>'), 'http-413-alone'],
      ['with 422', (): Script => json(422, { errors: [{ message: 'Unprocessable' }] }), 'http-422-alone'],
    ])(
      'When a request is refused %s for two of 25 and names nobody, then it is divided until they are found',
      async (_, refusal, providerCode) => {
        const bad = ['p3@example.test', 'p17@example.test'];
        const got: string[] = [];
        provider.follow((response, seen) => {
          if (recipients(seen).some((to) => bad.includes(to))) return refusal()(response, seen);
          got.push(...recipients(seen));
          accepted(response, seen);
        });
        const all = people(...Array.from({ length: 25 }, (_, i) => `p${i}`));
        const outcomes = await sendGridSender(provider.url).send(all, sendDeadline());
        expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(23);
        for (const place of [3, 17]) {
          expect(outcomes[place]).toEqual({ kind: 'rejected', code: 'invitation.message-refused', providerCode });
        }
        // Everybody else once.
        expect(got.sort()).toEqual(all.flatMap(({ to }) => (bad.includes(to) ? [] : [to])).sort());
        expect(provider.seen.length).toBeLessThanOrEqual(20);
      },
    );

    it('When every part is refused and nobody is named, then it concerns all mails, and that takes 16 requests and no more', async () => {
      provider.follow(json(400, { errors: [{ message: 'Bad Request' }] }));
      const all = people(...Array.from({ length: 100 }, (_, i) => `p${i}`));
      const outcomes = await sendGridSender(provider.url, { batchSize: 100 }).send(all, sendDeadline());
      expect(outcomes).toEqual(
        all.map(() => ({ kind: 'stopped', code: 'invitation.message-refused', providerCode: 'http-400' })),
      );
      expect(provider.seen).toHaveLength(16);
    });

    it('When each of a few is refused alone and nobody is named, then nobody but they is concerned', async () => {
      provider.follow(json(400, { errors: [{ message: 'Bad Request' }] }));
      const outcomes = await sendGridSender(provider.url).send(people('ada', 'bob', 'cyd'), sendDeadline());
      expect(outcomes.map(({ kind }) => kind)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(provider.seen).toHaveLength(5);
    });

    it('When the account is stopped while a refused request is divided, then no further request is made', async () => {
      const refusal = json(400, { errors: [{ message: 'Bad Request' }] });
      provider.follow((response, seen) =>
        (provider.seen.length < 3 ? refusal : json(401, { errors: [{ message: 'revoked' }] }))(response, seen),
      );
      const outcomes = await sendGridSender(provider.url).send(people('ada', 'bob', 'cyd', 'dan'), sendDeadline());
      expect(outcomes.map(({ kind }) => kind)).toEqual(['stopped', 'stopped', 'stopped', 'stopped']);
      expect(provider.seen).toHaveLength(3);
    });

    it('When a part gets no clear answer, then only its recipients are ambiguous, and the other part is sent', async () => {
      const refusal = json(400, { errors: [{ message: 'Bad Request' }] });
      provider.follow((response, seen) => {
        if (provider.seen.length === 1) return refusal(response, seen);
        if (provider.seen.length === 2) return response.destroy();
        accepted(response, seen);
      });
      const outcomes = await sendGridSender(provider.url).send(people('ada', 'bob', 'cyd', 'dan'), sendDeadline());
      expect(outcomes.map(({ kind }) => kind)).toEqual(['ambiguous', 'ambiguous', 'accepted', 'accepted']);
    });

    it('When the rounds take too long, then all of them together keep the one deadline', async () => {
      const names = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal'];
      const refuse = refusing(
        names.map((name) => `${name}@example.test`),
        false,
      );
      const deadlineMs = 1_500;
      provider.follow((response, seen) => void setTimeout(() => refuse(response, seen), deadlineMs / 3));
      const started = performance.now();
      const outcomes = await sendGridSender(provider.url).send(people(...names), sendDeadline({ deadlineMs }));
      // All the rounds would take 4 s.
      expect(performance.now() - started).toBeLessThan(3_500);
      expect(outcomes[0]).toEqual(REFUSED);
      expect(outcomes.slice(-1)).toEqual([{ kind: 'ambiguous', cause: 'deadline' }]);
      expect(provider.seen.length).toBeLessThan(5);
    });

    it('When the second request would begin too late, then it is not begun and its recipients are known not to have been sent', async () => {
      const deadline = sendDeadline({ fenceMs: 1_500 });
      const refuse = refusing(['bob@example.test']);
      provider.follow((response, seen) => void setTimeout(() => refuse(response, seen), deadline.remaining() + 5));
      const outcomes = await sendGridSender(provider.url).send(people('ada', 'bob', 'cyd'), deadline);
      const tooLate = { kind: 'busy', providerCode: 'too-late' };
      expect(outcomes).toEqual([tooLate, REFUSED, tooLate]);
      expect(provider.seen).toHaveLength(1);
    });
  });

  describe('the traps of the SDK', () => {
    it('When the key is not one of SendGrid’s, then nothing is written to the console', async () => {
      const warn = jest.spyOn(console, 'warn');
      provider.follow(accepted);
      const sender = sendGridSender(`${provider.url}/`, { apiKey: 'local', from: 'a@example.test' });
      expect(await sender.send(people('ada'), sendDeadline())).toMatchObject([{ kind: 'accepted' }]);
      expect(provider.seen[0]).toMatchObject({ path: '/v3/mail/send', headers: { authorization: 'Bearer local' } });
      expect(mailOf(provider.seen[0]!).from).toEqual({ email: 'a@example.test' });
      expect(warn).not.toHaveBeenCalled();
    });

    it('When two senders have keys of their own, then neither uses the other’s', async () => {
      provider.follow(accepted);
      const [one, two] = ['SG.one', 'SG.two'].map((apiKey) => sendGridSender(provider.url, { apiKey }));
      await two!.send(people('bob'), sendDeadline());
      await one!.send(people('ada'), sendDeadline());
      expect(provider.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer SG.two', 'Bearer SG.one']);
    });

    it('When the working directory is not a regular expression, then a refusal is still a refusal', async () => {
      const directory = mkdtempSync(join(tmpdir(), 'c++(-'));
      jest.spyOn(process, 'cwd').mockReturnValue(directory);
      provider.follow(json(401, { errors: [{ message: 'wrong key', field: null }] }));
      expect(await sendGridSender(provider.url).send(people('ada'), sendDeadline())).toMatchObject([
        { kind: 'stopped' },
      ]);
      rmSync(directory, { recursive: true });
    });
  });
});
