import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { handleErrors } from '../../../api/http/error-handler';
import { jsonBody } from '../../../api/http/parse';
import { logRequests } from '../../../api/http/request-log';
import { receiveFiles } from '../../../api/uploads/receive-files';
import { createLogger } from '../../../platform/logger';
import { openScratchStore } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';
import { until } from '../../support/until';

const FILE = 'Content-Disposition: form-data; name="files"; filename="a.csv"';

interface Line {
  level: number;
  res?: { statusCode: number | null };
}

describe('A request that breaks off', () => {
  let scratch: ScratchStore;
  let port: number;
  const lines: Line[] = [];
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trim().split('\n')) lines.push(JSON.parse(line) as Line);
      done();
    },
  });
  const server = createServer();
  beforeAll(async () => {
    scratch = await openScratchStore();
    const app = express().use(logRequests(createLogger('test', 'info', log)));
    app.post(
      '/files',
      receiveFiles(scratch.store.uploads, { maxBytes: 1_000_000, maxFiles: 3 }),
      (_request, response) => {
        response.end();
      },
    );
    app.post('/json', jsonBody, (_request, response) => void response.end());
    app.use(handleErrors('http://api.test'));
    server.on('request', app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    server.close();
    await scratch.close();
  });

  test.each([
    ['before its first boundary', '/files', 'multipart/form-data; boundary=x', ''],
    ['in the head of a part', '/files', 'multipart/form-data; boundary=x', '--x\r\nContent-Disp'],
    ['in a file', '/files', 'multipart/form-data; boundary=x', `--x\r\n${FILE}\r\n\r\nabc`],
    [
      'in a large file',
      '/files',
      'multipart/form-data; boundary=x',
      `--x\r\n${FILE}\r\n\r\n${'a,b\r\n'.repeat(100_000)}`,
    ],
    [
      'in its second file',
      '/files',
      'multipart/form-data; boundary=x',
      `--x\r\n${FILE}\r\n\r\nabc\r\n--x\r\n${FILE}\r\n\r\nabc`,
    ],
    ['between two files', '/files', 'multipart/form-data; boundary=x', `--x\r\n${FILE}\r\n\r\nabc\r\n--x\r\n`],
    ['in JSON', '/json', 'application/json', '{"email": '],
  ])('When it does so %s, then no fault of ours is logged', async (_where, path, type, body) => {
    lines.length = 0;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 900000\r\n\r\n`;
    // Taken over by the server, or else it never sees a request.
    await new Promise<void>((resolve) => server.once('request', () => resolve()) && socket.write(head));
    await new Promise<void>((resolve) => socket.write(body || '-', () => resolve()));
    socket.destroy();
    await until(
      'the request to be logged',
      async () => lines,
      (all) => all.some(({ res }) => res),
    );
    await until(
      'the pieces to be removed',
      () => scratch.db.collection('uploads.files').countDocuments(),
      (count) => count === 0,
    );
    expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
    expect(lines.map(({ res }) => res?.statusCode ?? 0).filter((status) => status >= 500)).toEqual([]);
  });
});
