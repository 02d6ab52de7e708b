import type { Response } from 'express';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { isResting } from '../../contract/import-status';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';

const POLL_MS = 250;
const KEEP_ALIVE_MS = 15_000;

/**
 * Streams server-sent events of one import: `progress` with the counts whenever they change, and `end` once the import
 * rests, after which the stream closes.
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
  // No event follows if the client left during the lookup of the import.
  if (response.closed) closed.abort();
  let last = '';
  let version = 0;
  let writtenAt = Date.now();
  while (!closed.signal.aborted) {
    const current = await progress.find(_id);
    if (!current) break;
    const data = JSON.stringify(current);
    const resting = isResting(current.status);
    if (data !== last) {
      last = data;
      version += 1;
      const hasRoom = response.write(`id: ${version}\nevent: progress\ndata: ${data}\n\n`);
      if (!hasRoom) await once(response, 'drain', { signal: closed.signal }).catch(() => undefined);
    }
    if (resting) {
      response.write(`event: end\ndata: ${JSON.stringify({ status: current.status })}\n\n`);
      break;
    }
    // Proxies cut a silent stream, and only a write detects that the client has left.
    if (Date.now() - writtenAt > KEEP_ALIVE_MS) {
      writtenAt = Date.now();
      response.write(':\n\n');
    }
    await pause(POLL_MS, undefined, { signal: closed.signal }).catch(() => undefined);
  }
  response.end();
}
