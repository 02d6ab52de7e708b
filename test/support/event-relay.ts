import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request of the event webhook, kept to be repeated. */
export interface RelayedRequest {
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
}

/** Stands between SendGrid and a stack: it records the requests, and can pause them until the test resumes. */
export async function startEventRelay(target: string) {
  const requests: RelayedRequest[] = [];
  let gate: Promise<void> | undefined;
  let open: (() => void) | undefined;

  const post = ({ headers, body }: RelayedRequest): Promise<Response> =>
    fetch(target, { method: 'POST', headers, body });

  const server = createServer((incoming, response) => {
    void (async () => {
      const body = Buffer.from(await buffer(incoming));
      const names = [
        'content-type',
        'x-twilio-email-event-webhook-signature',
        'x-twilio-email-event-webhook-timestamp',
      ];
      const headers = Object.fromEntries(names.map((name) => [name, String(incoming.headers[name])]));
      const request = { headers, body };
      requests.push(request);
      await gate;
      response.writeHead((await post(request)).status).end();
    })().catch(() => response.writeHead(502).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    post,
    pause: () => void (gate = new Promise((resolve) => (open = resolve))),
    resume(): void {
      open?.();
      gate = undefined;
    },
    stop(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}
export type EventRelay = Awaited<ReturnType<typeof startEventRelay>>;
