import type { Response } from 'express';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { isResting } from '../../contract/import-status';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';

const POLL_MS = 250;
const KEEP_ALIVE_MS = 15_000;

/**
 * Server-sent events of one import: `progress` with the counts whenever they change, and `end` once nothing goes on by
 * itself any more, after which the stream closes.
 */
export async function streamProgress(
  { progress }: Pick<Store, 'progress'>,
  { _id }: ImportDoc,
  response: Response,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.write('retry: 2000\n\n');
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  // Whoever went away while the import was looked up is not heard of again.
  if (response.closed) closed.abort();
  let last = '';
  let version = 0;
  let spokenAt = Date.now();
  while (!closed.signal.aborted) {
    const current = await progress.find(_id);
    if (!current) break;
    const data = JSON.stringify(current);
    const resting = isResting(current.status);
    if (data !== last) {
      last = data;
      version += 1;
      const room = response.write(`id: ${version}\nevent: progress\ndata: ${data}\n\n`);
      if (!room) await once(response, 'drain', { signal: closed.signal }).catch(() => undefined);
    }
    if (resting) {
      response.write(`event: end\ndata: ${JSON.stringify({ status: current.status })}\n\n`);
      break;
    }
    // Proxies cut a silent stream, and only a write finds out that nobody is there.
    if (Date.now() - spokenAt > KEEP_ALIVE_MS) {
      spokenAt = Date.now();
      response.write(':\n\n');
    }
    await pause(POLL_MS, undefined, { signal: closed.signal }).catch(() => undefined);
  }
  response.end();
}
