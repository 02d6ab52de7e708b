import type { MailDataRequired } from '@sendgrid/mail';
import { MAGIC_OUTCOMES } from '../../../sandbox/outcomes/magic-recipients';
import { MAGIC_FAULTS } from '../../../sandbox/faults/magic-recipients';
import { ledgerOf, planOutcome, SENDER, sendGridAt, twilioAt, useSandbox } from '../support/sandbox';

const sandbox = useSandbox({ productUrl: 'http://product.test/' });
const sms = (to: string, body: string, more: { statusCallback?: string } = {}) =>
  twilioAt(sandbox.url()).messages.create({ to, from: SENDER, body, ...more });
const mail = (request: Partial<MailDataRequired>) =>
  sendGridAt(sandbox.url()).send({
    from: 'invitations@example.com',
    to: 'ann@example.com',
    subject: 'Hello',
    ...request,
  } as MailDataRequired);
const page = async (route = '/') => {
  const response = await fetch(sandbox.url() + route);
  return { headers: response.headers, html: await response.text() };
};
const recipients = (html: string) => [...html.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, to]) => to);

test('When nothing was received, then the page says so and explains the magic recipients', async () => {
  const { headers, html } = await page();

  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('etag')).toBeNull();
  expect(html).toContain('0 messages');
  expect(html).toContain('No messages yet');
  for (const { to } of [...MAGIC_FAULTS, ...MAGIC_OUTCOMES])
    expect(html).toContain(`<th scope="row">${to.replace('*', '')}`);
});

test('When messages were received on both channels, then the newest stands first, with all that a person reads', async () => {
  await sms('+447911123456', 'Join at https://example.org/join/1.');
  await mail({ subject: 'Welcome', text: 'Dear Ann' });
  const { html } = await page('/inbox');

  expect(recipients(html)).toEqual(['ann@example.com', '+447911123456']);
  expect(html).toContain('2 messages');
  expect(html).toContain('<p class="subject">Welcome</p>');
  expect(html).toContain('Dear Ann');
  expect(html).toContain(
    'Join at <a href="https://example.org/join/1" target="_blank" rel="noopener noreferrer">https://example.org/join/1</a>.',
  );
});

test('When messages hold markup, then it is shown and not run', async () => {
  const attack = '<script>alert(1)</script><img src=x onerror="alert(2)">';
  await sms('+447911123456', attack);
  await mail({ subject: attack, text: attack, html: attack, to: `"&'x@example.com`.slice(1) });
  const { html, headers } = await page(`/?q=${encodeURIComponent('"><script>alert(3)</script>')}`);
  const all = (await page()).html;

  expect(all.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)).toHaveLength(4);
  expect((all + html).replaceAll('<script src="/inbox/refresh.js" defer>', '')).not.toMatch(/<script|<img/);
  expect(all).toContain('<h3>&amp;&#39;x@example.com</h3>');
  expect(html).toContain('value="&quot;&gt;&lt;script&gt;');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'.*; script-src 'self';/);
});

test('When addresses are not of the web, then they are not made links', async () => {
  await sms('+447911123456', 'javascript:alert(1) data:text/html,x ftp://example.org https://example.org/?a=1&b="x');
  const { html } = await page();

  expect(html).toContain('javascript:alert(1) data:text/html,x ftp://example.org <a ');
  expect([...html.matchAll(/<a href="([^/"]+:.*?)"/g)].map(([, href]) => href)).toEqual([
    'https://example.org/?a=1&amp;b=',
  ]);
});

test('When the page is searched by part of an address, then only those messages are shown', async () => {
  await sms('+447911123456', 'one');
  await mail({ text: 'two' });
  await mail({ text: 'three', to: 'bob@example.com' });

  expect(recipients((await page('/?q=ANN@')).html)).toEqual(['ann@example.com']);
  expect((await page('/?q=ANN@')).html).toContain('1 of 3 messages to “ANN@”');
  expect(recipients((await page('/?q=%2B4479')).html)).toEqual(['+447911123456']);
});

test('When there are more messages than a page holds, then they are paged and the search is kept', async () => {
  const emails = Array.from({ length: 120 }, (_, i) => `person${i}@example.com`);
  await mail({ text: 'Hello', personalizations: emails.map((to) => ({ to })) });
  const first = (await page('/?q=person')).html;
  const third = (await page('/?q=person&page=3')).html;

  expect(recipients(first)).toEqual(emails.slice(70).reverse());
  expect(first).toContain('Page 1 of 3');
  expect(first).toContain('<a href="/inbox?q=person&amp;page=2" rel="next">Older</a>');
  expect(first).not.toContain('rel="prev"');
  expect(recipients(third)).toEqual(emails.slice(0, 20).reverse());
  expect(third).not.toContain('rel="next"');
  expect((await page('/?page=99')).html).toContain('Page 3 of 3');
});

test('When a mail has HTML, then the page shows how it looks in a frame that runs and loads nothing', async () => {
  await mail({ html: '<!doctype html><p>Dear Ann <a href="https://example.org/join/1">join</a></p>' });
  const { html } = await page();
  const [, src, attributes] = /<details open>.*<iframe src="(.*?)" title="Mail to ann@example.com" (.*?)>/.exec(html)!;
  const frame = await page(src);

  expect(attributes).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(frame.html).toMatch(/^<!doctype html><base target="_blank"><style>.*?<\/style><p>Dear Ann <a href=/);
  expect(Object.fromEntries(frame.headers)).toMatchObject({
    'content-security-policy': expect.stringMatching(
      /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; .*frame-ancestors 'self'$/,
    ) as string,
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(html).toContain('<summary>Source of the HTML part</summary><pre tabindex="0">&lt;!doctype html&gt;');
  for (const id of ['nobody', (await ledgerOf(sandbox.url()))[0]!.id.replace('.0', '.1')])
    expect((await fetch(`${sandbox.url()}/inbox/messages/${id}/html`)).status).toBe(404);
});

test('Each message shows what became of it, also one of which that was planned', async () => {
  await planOutcome(sandbox.url(), { match: { to: '+447911123456' }, outcome: 'undelivered', code: 30005, times: 1 });
  for (const to of ['+447911123456', '+447911123456', '+12025550186']) await sms(to, 'Hello');
  for (const to of ['ann@example.com', 'sandbox-bounced.ann@example.com', 'sandbox-deferred@example.com'])
    await mail({ to, text: 'Hello' });

  const fates = [...(await page()).html.matchAll(/<h3>(.*?)<\/h3> <span class="fate (\w+)">(.*?)<\/span>/g)];
  expect(fates.map(([, ...fate]) => fate)).toEqual([
    ['sandbox-deferred@example.com', 'open', 'Deferred by the receiving server'],
    ['sandbox-bounced.ann@example.com', 'bad', 'Bounced'],
    ['ann@example.com', 'good', 'Delivered'],
    ['+12025550186', 'open', 'Accepted, nothing reported'],
    ['+447911123456', 'good', 'Delivered'],
    ['+447911123456', 'bad', 'Not delivered (30005)'],
  ]);
});

test('When a channel is chosen, then its messages alone are shown, the search is kept, and each channel has its count', async () => {
  await sms('+447911123456', 'one');
  await mail({ text: 'two' });
  await mail({ text: 'three', to: 'bob@example.com' });

  const { html } = await page('/inbox?channel=email&q=ann');
  expect(recipients(html)).toEqual(['ann@example.com']);
  expect(html).toContain('<a href="/inbox?q=ann&amp;channel=email" aria-current="true">E-mail <span>1</span></a>');
  expect(html).toContain('<a href="/inbox?q=ann&amp;channel=sms">SMS <span>0</span></a>');
  expect(html).toContain('<input type="hidden" name="channel" value="email">');
  expect(recipients((await page('/inbox?channel=sms')).html)).toEqual(['+447911123456']);
  expect(recipients((await page('/inbox?channel=fax')).html)).toHaveLength(3);
  expect((await page('/inbox?q=nobody')).html).toContain('No message fits.');
});

test('When a message says from which line of which import it comes, then it leads there', async () => {
  const id = 'd33c9201-1111-4222-8333-444455556666';
  await sms('+447911123456', 'one', { statusCallback: `http://127.0.0.1:9/x?invitation=${id}%3A17%3Asms%3A1` });
  await mail({ text: 'two', customArgs: { invitation: `${id}:18:email:2` } });
  await mail({ text: 'three', customArgs: { invitation: '"><script>' } });

  const { html } = await page();
  expect(html).toContain(
    `<a href="http://product.test/#/imports/${id}?line=17" target="_blank" rel="noopener">Import d33c9201, line 17</a>`,
  );
  expect(html).toContain('>Import d33c9201, line 18, message 2</a>');
  expect(html.match(/Import /g)).toHaveLength(2);
});

test('When the sandbox is asked for its health or for something unknown, then it answers as JSON', async () => {
  expect((await fetch(`${sandbox.url()}/healthz`)).status).toBe(200);
  const missing = await fetch(`${sandbox.url()}/nowhere`);
  expect([missing.status, await missing.json()]).toEqual([404, { errors: ['There is nothing at GET /nowhere.'] }]);
});
