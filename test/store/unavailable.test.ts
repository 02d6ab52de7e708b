import { MongoNetworkError, MongoServerError } from 'mongodb';
import { isStoreFull, isStoreUnavailable } from '../../store/unavailable';

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

test.each<[string, unknown, boolean]>([
  [
    'the disk is full',
    new MongoServerError({ code: 14031, errmsg: 'available disk space is less than required' }),
    true,
  ],
  [
    'the quota of a shared cluster is used up',
    new MongoServerError({ code: 8000, errmsg: 'you are over your space quota, using 520 MB of 512 MB' }),
    true,
  ],
  ['a shared cluster rejects something else', new MongoServerError({ code: 8000, errmsg: 'bad auth' }), false],
  ['a key is taken', new MongoServerError({ code: 11000, errmsg: 'E11000 duplicate key' }), false],
])('When %s, then the answer says truly whether the database takes no more', (_what, error, full) => {
  expect(isStoreFull(error)).toBe(full);
});
