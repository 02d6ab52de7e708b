import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../logger';
import type { Registry } from './registry';

export interface MetricsServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves `/metrics` in the text format of Prometheus, on an address of its own, which is not for the internet. `more` is the text of
 * others in this process, such as Temporal's SDK; without it what is ours is answered all the same.
 */
export async function serveMetrics(
  registry: Registry,
  { host, port }: { host: string; port: number },
  log: Logger,
  more: () => Promise<string> = async () => '',
): Promise<MetricsServer> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('See /metrics\n');
      return;
    }
    const [ours, others] = await Promise.all([
      registry.metrics(),
      more().catch((error: unknown) => {
        log.warn({ err: error }, 'the metrics of Temporal are missing');
        return '';
      }),
    ]);
    response.writeHead(200, { 'Content-Type': registry.contentType }).end(ours + others);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.warn({ err: error }, 'metrics cannot be answered');
      response.writeHead(500).end();
    });
  }).listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
