import { MongoNetworkError } from 'mongodb';
import { isStoreUnavailable } from '../../store/unavailable';

test.each<[string, unknown, boolean]>([
  ['the driver lost its connection', new MongoNetworkError('connection 1 to 127.0.0.1:27017 closed'), true],
  // mongodb 7.9 throws it bare where the connection is reset in the moment of a write.
  [
    'the system reset a connection',
    Object.assign(new Error('write ECONNRESET'), { code: 'ECONNRESET', syscall: 'write' }),
    true,
  ],
  ['something else is wrong', new TypeError('x is not a function'), false],
  ['a file is missing', Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'open' }), false],
])('When %s, then the answer says truly whether the database is away', (_what, error, away) => {
  expect(isStoreUnavailable(error)).toBe(away);
});
