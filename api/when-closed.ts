import type { ServerResponse } from 'node:http';

const waiting = new WeakMap<ServerResponse, (() => void)[]>();

/**
 * Calls `then` once the connection is done with this answer: it was sent, or its client has left. All who wait for that share one
 * listener, since a request passes a dozen of them and Node takes more than ten on one emitter for a leak.
 */
export function whenClosed(response: ServerResponse, then: () => void): void {
  const others = waiting.get(response);
  if (others) return void others.push(then);
  const all = [then];
  waiting.set(response, all);
  response.once('close', () => {
    for (const one of all) one();
  });
}
