import { withoutData } from '../../local/servers/mongod-log';

const line = (s: string, c: string, msg: string, attr: object) =>
  JSON.stringify({ s, c, id: 1, ctx: 'conn2', msg, attr });

test.each([
  [
    'W',
    'COMMAND',
    'Plan executor error during findAndModify',
    { error: { errmsg: 'dup key: { email: "ann@x.example" }' } },
  ],
  ['W', 'QUERY', 'Plan executor error during find command', { cmd: { filter: { email: 'ann@x.example' } } }],
  ['I', 'COMMAND', 'Slow query', { command: { filter: { email: 'ann@x.example' } } }],
  ['I', 'INDEX', 'Index build: failed', { error: { keyValue: { email: 'ann@x.example' } } }],
  ['I', 'STORAGE', 'Index build: failed', { error: { keyValue: { email: 'ann@x.example' } } }],
  ['I', 'A NEW ONE', 'Something', { email: 'ann@x.example' }],
])('Of %s %s "%s" the message stays and the data go', (s, c, msg, attr) => {
  const written = withoutData(line(s, c, msg, attr));
  expect(written).toContain(msg);
  expect(written).not.toContain('ann@');
});

test('What is said of the server itself, and why it ends, stays', () => {
  for (const kept of [
    line('I', 'NETWORK', 'Listening on', { address: '127.0.0.1' }),
    line('E', 'STORAGE', 'DBException in initAndListen, terminating', { error: 'DBPathInUse' }),
    line('F', 'ASSERT', 'Fatal assertion', { msgid: 1 }),
    'Error parsing option "port"',
    '',
  ])
    expect(withoutData(kept)).toBe(kept);
});

test('A line that is cut in the middle is left out', () => {
  expect(withoutData('{"s":"W","c":"COMMAND","attr":{"email":"ann@x.exam')).not.toContain('ann@');
});
