import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './sandbox';

export interface Received {
  /** As the sender named it: a signature covers it. */
  url: string;
  headers: Record<string, string | undefined>;
  body: string;
}

/** A receiver of callbacks that keeps every byte. Forgets between the tests. */
export function useReceiver() {
  let server: Server;
  let port = 0;
  let received: Received[] = [];
  let answers: number[] = [];

  async function listen(): Promise<void> {
    server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const headers = req.headers as Record<string, string | undefined>;
        received.push({ url: `${origin()}${req.url}`, headers, body: Buffer.concat(chunks).toString() });
        res.writeHead(answers.shift() ?? 204).end();
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  }
  async function close(): Promise<void> {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
  const origin = () => `http://127.0.0.1:${port}`;

  beforeAll(listen);
  afterAll(close);
  beforeEach(() => {
    received = [];
    answers = [];
  });
  return {
    url: (path: string): string => origin() + path,
    received: () => received,
    /** Waits for `count` requests, and returns all that have come by then. */
    untilReceived: async (count: number): Promise<Received[]> => {
      await until(async () => received.length >= count);
      return received;
    },
    /** Statuses of the next answers; after that each is 204. */
    answer: (...statuses: number[]): void => void (answers = statuses),
    goAway: close,
    comeBack: listen,
  };
}
