import express from 'express';
import type { RequestHandler } from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerOptions } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Writable } from 'node:stream';
import { handleErrors } from '../../api/http/error-handler';
import { jsonBody } from '../../api/http/parse';
import { logRequests } from '../../api/http/request-log';
import { receiveFiles } from '../../api/uploads/receive-files';
import type { UploadLimits } from '../../api/uploads/receive-files';
import { createLogger } from '../../platform/logger';
import { openScratchStore } from './scratch-store';
import type { ScratchStore } from './scratch-store';

/** A line of the log. */
interface Line {
  level: number;
  res?: { statusCode: number | null };
}

export interface ReceivingServer extends ScratchStore {
  server: Server;
  port: number;
  url: string;
  /** What it has logged. */
  lines: Line[];
  open(): Promise<Socket>;
}

/** What the server says until it closes the connection. */
export const answerOn = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
  });

/** The part of the API that receives bodies, on a database of its own: files at `/files`, JSON at `/json`. */
export async function startReceivingServer({
  upload = { maxBytes: 1_000_000, maxFiles: 3 },
  before = [],
  answer = (_request, response) => void response.end(),
  server: options = {},
}: {
  upload?: UploadLimits;
  before?: RequestHandler[];
  answer?: RequestHandler;
  server?: ServerOptions;
} = {}): Promise<ReceivingServer> {
  const scratch = await openScratchStore();
  const lines: Line[] = [];
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trim().split('\n')) lines.push(JSON.parse(line) as Line);
      done();
    },
  });
  const app = express().use(logRequests(createLogger('test', 'info', log), []), ...before);
  app.post(
    '/files',
    receiveFiles(scratch.store.uploads, upload, () => upload.maxBytes),
    answer,
  );
  app.post('/json', jsonBody, answer);
  app.use(handleErrors('http://api.test'));
  const server = createServer(options, app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...scratch,
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    lines,
    async open() {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      await once(socket, 'connect');
      return socket;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await scratch.close();
    },
  };
}
