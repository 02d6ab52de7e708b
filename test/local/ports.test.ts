import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { assertPortsFree, freePort } from '../../local/servers/ports';

let server: Server;
let taken: number;
beforeAll(async () => {
  server = createServer().listen(0, '0.0.0.0');
  await once(server, 'listening');
  taken = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

test('The error for a port in use names the port, its variable and the other solution', async () => {
  const alternative = 'use the server there: TEMPORAL_ADDRESS=127.0.0.1';
  const use = { port: taken, what: 'the Temporal server', variable: 'TEMPORAL_PORT', alternative };
  const elsewhere = taken < 50_000 ? taken + 10_000 : taken - 10_000;
  await expect(assertPortsFree([use])).rejects.toThrow(
    `Port ${taken}, meant for the Temporal server, is used by another program. Stop that program, or choose another ` +
      `port: TEMPORAL_PORT=${elsewhere}; or use the server there: TEMPORAL_ADDRESS=127.0.0.1.`,
  );
});

test('One error names every port in use, and no free one', async () => {
  const uses = [
    { port: taken, what: 'mongod', variable: 'MONGODB_PORT' },
    { port: await freePort(), what: 'the sandbox', variable: 'SANDBOX_PORT' },
    { port: taken, what: 'the API', variable: 'PORT' },
  ];
  const { message } = await assertPortsFree(uses).then(
    () => new Error('none'),
    (error: Error) => error,
  );
  expect(message.split('\n').map((line) => line.split(', is used')[0])).toEqual([
    `Port ${taken}, meant for mongod`,
    `Port ${taken}, meant for the API`,
  ]);
});

test('A free port passes the check', async () => {
  await expect(assertPortsFree([{ port: await freePort(), what: 'it', variable: 'PORT' }])).resolves.toBeUndefined();
});

test('A free port is none that the kernel gives to outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  expect(ports.filter((port) => port >= 32_768)).toEqual([]);
  expect(new Set(ports).size).toBeGreaterThan(1);
});

test('No port is given twice, though nobody listens on it yet', async () => {
  const given = new Set<number>();
  // Among so many some would be the same by chance. One after another: two that are tried at once are told apart by that.
  for (let i = 0; i < 1_000; i++) given.add(await freePort());
  expect(given.size).toBe(1_000);
});
