import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { whenClosed } from '../when-closed';

/**
 * Prepares the end of a server. The returned function takes no further connections, lets the requests under way be answered, and
 * resolves when all connections are closed; what is still open after `graceMs` milliseconds, such as an event stream, is cut.
 *
 * Node closes the connections that are idle at that moment. One with a request under way would stay open after its answer, and its client
 * would go on by it, until it is cut in the middle of a request. So each answer tells its client that the connection ends.
 */
export function prepareDrain(server: Server, graceMs: number): () => Promise<void> {
  const open = new Set<ServerResponse>();
  let isEnding = false;
  // Before the app, which may write the headers at once.
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (isEnding) return endConnection(response);
    open.add(response);
    whenClosed(response, () => open.delete(response));
  });
  return async () => {
    isEnding = true;
    for (const response of open) endConnection(response);
    const closed = once(server, 'close');
    server.close();
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(cut);
  };
}

function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
