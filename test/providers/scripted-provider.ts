import { createServer as createHttpServer } from 'node:http';
import type { IncomingHttpHeaders, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Seen {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers one request, or does something worse to its connection. */
export type Script = (response: ServerResponse, seen: Seen) => void;

export interface ScriptedProvider {
  url: string;
  /** The requests that arrived whole, since the last `follow`. */
  seen: Seen[];
  /** Connections opened since the start. */
  connections(): number;
  follow(script: Script): void;
  close(): Promise<void>;
}

/** An HTTP server that does what it is told, at once. */
export async function startScriptedProvider(): Promise<ScriptedProvider> {
  let script: Script = (response) => response.destroy();
  let connections = 0;
  const provider: ScriptedProvider = {
    url: '',
    seen: [],
    connections: () => connections,
    follow(next) {
      script = next;
      provider.seen = [];
    },
    close: () => stop(server),
  };
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const seen = { method, path, headers, body: Buffer.concat(chunks).toString() };
      provider.seen.push(seen);
      script(response, seen);
    });
  });
  server.on('connection', () => connections++);
  provider.url = `http://127.0.0.1:${await listen(server)}`;
  return provider;
}

/** A TCP server for what HTTP cannot express. */
export async function startTcp(
  onConnection: (socket: Socket) => void,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    // Provoked by the tests themselves.
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  const close = async (): Promise<void> => {
    sockets.forEach((socket) => socket.destroy());
    await stop(server);
  };
  return { port: await listen(server), close };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server | HttpServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Script =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

export const raw =
  (status: number, body = '', headers: Record<string, string> = {}): Script =>
  (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
