import { Writable } from 'node:stream';
import { createPathPattern } from '../../api/http/request-log';
import { ROUTE_SPECS } from '../../api/route-specs';
import { createLogger, describeError } from '../../platform/logger';

const pathPattern = createPathPattern(ROUTE_SPECS);
const ID = '0b7e1234-1234-4321-8321-123456789012';

test.each([
  ['/v1/clients/ann@x.example', '/v1/clients/:value'],
  ['/v1/clients/ann%40x.example?after=bob', '/v1/clients/:value'],
  ['/v1/invitations/accept?token=secret', '/v1/invitations/accept'],
  ['/join/a-secret-token?lang=de', '/join/:value'],
  ['/v1/invitations/a-secret-token', '/v1/invitations/:value'],
  ['/v1/client-teams/Mayfair/staff/ann@x.example', '/v1/client-teams/:value/staff/:value'],
  [`/v1/imports/${ID}/rows/17`, `/v1/imports/${ID}/rows/:value`],
  [`/v1/imports/${ID}/failed-rows.csv`, `/v1/imports/${ID}/failed-rows.csv`],
  ['/Ann%20Lee#x', '/:value'],
  ['/readyz', '/readyz'],
  ['/', '/'],
  ['//x//y', '//:value//:value'],
])('The path %s is logged as %s', (url, pattern) => {
  expect(pathPattern(url)).toBe(pattern);
});

test('The fixed words of every route are logged', () => {
  const asLogged = ROUTE_SPECS.map(({ path }) => path.replace(/\{\w+\}/g, ':value'));
  expect(ROUTE_SPECS.map(({ path }) => pathPattern(path))).toEqual(asLogged);
});

class DuplicateKey extends Error {
  override readonly name = 'MongoServerError';
  readonly code = 11000;
  readonly keyValue = { email: 'ann@x.example' };
}

test.each([
  new DuplicateKey('E11000 duplicate key error collection: x.people dup key: { email: "ann@x.example" }'),
  new SyntaxError(`Unexpected token 'A', "Ann ann@x.example" is not valid JSON`),
  new Error('Cannot send to ann@x.example or +44 7911 123456'),
  new Error('outer', { cause: new DuplicateKey('dup key: { email: "ann@x.example" }') }),
  'ann@x.example is unknown',
  { email: 'ann@x.example' },
])('Of the error %p name, code and frames are logged, and no values', (error) => {
  let written = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  const log = createLogger('test', 'info', destination);
  log.warn({ err: error }, 'failed');
  log.warn({ error }, 'failed');
  expect(written).not.toMatch(/ann@|Ann|7911 123456/);
  expect(written.split('\n').filter(Boolean)).toHaveLength(2);
});

test('The description names the error well enough to find it', () => {
  expect(describeError(new DuplicateKey('E11000 duplicate key error collection: x.people'))).toMatchObject({
    type: 'MongoServerError',
    code: '11000',
    message: 'E11000 duplicate key error collection: x.people',
    stack: expect.stringContaining('logger.test.ts') as string,
  });
});
