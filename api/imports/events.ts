import type { RequestHandler, Response } from 'express';
import { once } from 'node:events';
import { isResting } from '../../contract/import-status';
import { openEventStream } from '../http/answers';
import { callerOf } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';
import type { ProgressFeed } from './progress-feed';

const KEEP_ALIVE_MS = 15_000;
/** The files of two uploads at once, each watched by one. */
const MAX_STREAMS_OF_A_KEY = 100;

/** Bounds the event streams of each key: they stay open as long as their imports run. */
export function limitStreams(most = MAX_STREAMS_OF_A_KEY): RequestHandler {
  const open = new Map<string, number>();
  return (request, response, next) => {
    const { id: key } = callerOf(request);
    const count = open.get(key) ?? 0;
    if (count >= most) throw tooManyStreams(most);
    open.set(key, count + 1);
    response.once('close', () => {
      const left = open.get(key)! - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
    next();
  };
}

const tooManyStreams = (most: number): HttpProblem =>
  new HttpProblem(
    429,
    'too-many-streams',
    `This key has ${most} event streams open, which is the most. Close some, or ask for the imports themselves from time to time.`,
    { retryAfterSeconds: 5 },
  );

/**
 * Streams server-sent events of one import: `progress` with the counts whenever they change, and `end` once the import
 * rests, after which the stream closes.
 */
export async function streamProgress(feed: ProgressFeed, importId: string, response: Response): Promise<void> {
  const stream = openEventStream(response);
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  // No event follows if the client left during the lookup of the import.
  if (response.closed) closed.abort();
  let last = '';
  let version = 0;
  let writtenAt = Date.now();
  for await (const current of feed.follow(importId, closed.signal)) {
    if (!current || closed.signal.aborted) break;
    const data = JSON.stringify(current);
    if (data !== last) {
      last = data;
      version += 1;
      const hasRoom = stream.emit({ id: version, event: 'progress', data: current });
      if (!hasRoom) await once(response, 'drain', { signal: closed.signal }).catch(() => undefined);
    }
    if (isResting(current.status)) {
      stream.emit({ event: 'end', data: { status: current.status } });
      break;
    }
    if (Date.now() - writtenAt > KEEP_ALIVE_MS) {
      writtenAt = Date.now();
      stream.keepAlive();
    }
  }
  response.end();
}
