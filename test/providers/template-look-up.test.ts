import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { loadConfig } from '../../platform/config';
import { createTemplateLookUp } from '../../providers/template-look-up';
import { settingsFor, sharedServers, uniqueName } from '../support/environment';

const emailId = (end: string): string => `d-${'0'.repeat(32 - end.length)}${end}`;
const smsId = (end: string): string => `HX${'0'.repeat(32 - end.length)}${end}`;

describe('A template that a provider keeps', () => {
  const configOf = (settings: Record<string, string> = {}) =>
    loadConfig({ ...settingsFor(uniqueName('templates-'), sharedServers()), ...settings });
  const lookUp = createTemplateLookUp(configOf())!;

  test('is found with its variables', async () => {
    const variables = ['firstName', 'lastName', 'organisation', 'link'];
    expect(await lookUp('email', emailId('1'))).toEqual({ kind: 'found', variables });
    expect(await lookUp('sms', smsId('1'))).toEqual({ kind: 'found', variables });
    expect(await lookUp('sms', smsId('422'))).toEqual({ kind: 'found', variables: ['first_name'] });
  });

  test('is missing where the account has none, or none of its versions is active', async () => {
    expect(await lookUp('email', emailId('404'))).toEqual({ kind: 'missing', because: 'unknown' });
    expect(await lookUp('sms', smsId('404'))).toEqual({ kind: 'missing', because: 'unknown' });
    expect(await lookUp('email', emailId('204'))).toEqual({ kind: 'missing', because: 'no-active-version' });
  });

  test('is in doubt where the key may not read it', async () => {
    expect(await lookUp('email', emailId('403'))).toEqual({ kind: 'unverified', because: 'forbidden' });
    expect(await lookUp('sms', smsId('403'))).toEqual({ kind: 'unverified', because: 'forbidden' });
  });

  test.each<[string, RequestListener]>([
    ['an error', (_, res) => void res.writeHead(503).end()],
    ['a page of a proxy', (_, res) => void res.end('<html></html>')],
    ['a broken connection', (req) => void req.socket.destroy()],
  ])('is in doubt after %s', async (_, answer) => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ask = createTemplateLookUp(configOf({ TWILIO_BASE_URL: url, SENDGRID_BASE_URL: url }))!;
    const doubt = { kind: 'unverified', because: 'unavailable' };
    expect([await ask('email', emailId('1')), await ask('sms', smsId('1'))]).toEqual([doubt, doubt]);
    server.close();
  });

  test('cannot be asked for without credentials', () => {
    expect(createTemplateLookUp(configOf({ SENDGRID_API_KEY: '' }))).toBeUndefined();
  });
});
