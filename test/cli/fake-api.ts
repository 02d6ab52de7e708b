import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeApi {
  url: string;
  /** The authorization of each request, and its path with its query. */
  requests: { authorization: string | undefined; path: string }[];
  close: () => Promise<void>;
}

/** An API that gives these answers by path, for what a real one does not do at will: to be slow for ever, or to have two ids alike. */
export async function startFakeApi(answers: Record<string, unknown>): Promise<FakeApi> {
  const requests: FakeApi['requests'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ authorization: request.headers.authorization, path });
    const answer = answers[path.split('?')[0]!];
    response.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer ?? { detail: 'There is nothing here.' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
