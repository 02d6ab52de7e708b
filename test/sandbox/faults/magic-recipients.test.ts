import type { MailDataRequired } from '@sendgrid/mail';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { MAGIC_OUTCOMES } from '../../../sandbox/outcomes/magic-recipients';
import { MAGIC_FAULTS } from '../../../sandbox/faults/magic-recipients';
import type { SendGridFailure, TwilioFailure } from '../support/sandbox';
import { SENDER, failureOf, ledgerOf, sendGridAt, twilioAt, useSandbox } from '../support/sandbox';

const sandbox = useSandbox();
const sms = (to: string) => twilioAt(sandbox.url()).messages.create({ to, from: SENDER, body: 'Hello' });
const mail = (...emails: string[]) => {
  const personalizations = emails.map((to) => ({ to }));
  const request: MailDataRequired = {
    from: 'invitations@example.com',
    subject: 'Hello',
    text: 'Join',
    personalizations,
  };
  return sendGridAt(sandbox.url()).send(request);
};
const receivers = async () => (await ledgerOf(sandbox.url())).map(({ to }) => to);

const numbers = [...MAGIC_FAULTS, ...MAGIC_OUTCOMES].filter(({ provider }) => provider === 'twilio');

test.each(numbers.map(({ to }) => to))('When %s is checked as a number, then it is a valid one', (number) => {
  expect(parsePhoneNumberFromString(number)?.isValid()).toBe(true);
});

test.each([
  ['+15005550001', 21211],
  ['+15005550002', 21612],
  ['+15005550003', 21408],
  ['+15005550004', 21610],
  ['+15005550009', 21614],
  ['+12025550191', 21211],
  ['+12025550192', 21612],
  ['+12025550193', 21408],
  ['+12025550194', 21610],
  ['+12025550195', 21614],
])('When an SMS goes to %s, then it is rejected every time with code %i', async (to, code) => {
  for (let i = 0; i < 2; i++) expect(await failureOf<TwilioFailure>(sms(to))).toMatchObject({ status: 400, code });
  expect(await receivers()).toEqual([]);
});

test('When an SMS goes to the busy number, then it is accepted at the third try, and the same once more', async () => {
  for (let round = 1; round <= 2; round++) {
    for (let i = 0; i < 2; i++) {
      expect(await failureOf<TwilioFailure>(sms('+12025550196'))).toMatchObject({ status: 429, code: 20429 });
    }
    await sms('+12025550196');
    expect(await receivers()).toHaveLength(round);
  }
});

test('When an SMS goes to the number that is down, then 503 is answered once without accepting', async () => {
  expect(await failureOf<TwilioFailure>(sms('+12025550197'))).toMatchObject({ status: 503, code: 20503 });
  expect(await receivers()).toEqual([]);
  await sms('+12025550197');
  expect(await receivers()).toEqual(['+12025550197']);
});

test('When an SMS goes to the lost number, then it is accepted and the answer is lost once', async () => {
  expect(await failureOf<TwilioFailure>(sms('+12025550198'))).toMatchObject({ code: 'ECONNRESET' });
  expect(await receivers()).toEqual(['+12025550198']);
  await sms('+12025550198');
});

test('When rejected addresses are among others, then each is named and the whole request is rejected', async () => {
  const failure = await failureOf<SendGridFailure>(
    mail('ann@example.com', 'sandbox-rejected@example.com', 'bob@example.com', 'Sandbox-Rejected+2@example.org'),
  );

  expect(failure.code).toBe(400);
  expect(failure.response!.body.errors.map(({ field }) => field)).toEqual([
    'personalizations.1.to.0.email',
    'personalizations.3.to.0.email',
  ]);
  expect(await receivers()).toEqual([]);
});

test('When busy addresses are among others, then the request is accepted at the third try', async () => {
  const emails = ['ann@example.com', 'sandbox-busy+1@example.com', 'sandbox-busy+2@example.com'];
  for (let i = 0; i < 2; i++) expect(await failureOf<SendGridFailure>(mail(...emails))).toMatchObject({ code: 429 });
  await mail(...emails);

  expect(await receivers()).toEqual(emails);
});

test('When an e-mail goes to an address that is down, then 503 is answered once without accepting', async () => {
  expect(await failureOf<SendGridFailure>(mail('sandbox-down@example.com'))).toMatchObject({ code: 503 });
  expect(await receivers()).toEqual([]);
  await mail('sandbox-down@example.com');
  expect(await receivers()).toEqual(['sandbox-down@example.com']);
});

test('When an e-mail goes to a lost address, then it is accepted and the answer is lost once', async () => {
  expect(await failureOf<SendGridFailure>(mail('sandbox-lost@example.com'))).toMatchObject({ code: 'ECONNRESET' });
  expect(await receivers()).toEqual(['sandbox-lost@example.com']);
  await mail('sandbox-lost@example.com');
});
