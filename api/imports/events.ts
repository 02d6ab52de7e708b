import type { Request, RequestHandler, Response } from 'express';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { isResting } from '../../contract/import-status';
import { openEventStream } from '../http/answers';
import type { EventStream } from '../http/answers';
import { callerOf } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';
import type { Feed, ProgressFeed } from './progress-feed';
import { whenClosed } from '../when-closed';

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
    whenClosed(response, () => {
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

interface Followed<State> {
  feed: Feed<State>;
  id: string;
  isAtRest: (state: State) => boolean;
  /** How long the stream may be silent, in milliseconds. */
  keepAliveMs?: number;
}

/**
 * Streams server-sent events of what has this id: `progress` with its state whenever that changes, and `end` once it rests, after
 * which the stream closes. The id of an event names the state, in every process alike. So a client that comes back with
 * `Last-Event-ID` gets what it does not know, and no event twice; what came between is not repeated, since each state is the whole.
 * A client that has seen the end gets 204, on which an EventSource stops to come back (HTML Standard, 9.2).
 */
export async function streamStates<State extends { status: string }>(
  { feed, id, isAtRest, keepAliveMs = KEEP_ALIVE_MS }: Followed<State>,
  request: Request,
  response: Response,
): Promise<void> {
  const known = lastEventId(request);
  const closed = new AbortController();
  whenClosed(response, () => closed.abort());
  // No event follows if the client left during the lookup.
  if (response.closed) closed.abort();
  let stream: EventStream | undefined;
  let last = known.replace(END, '');
  let writtenAt = Date.now();
  for await (const current of feed.follow(id, closed.signal)) {
    if (!current || closed.signal.aborted) break;
    const version = versionOf(current);
    if (!stream && isAtRest(current) && known === version + ENDED) return void response.status(204).end();
    stream ??= openEventStream(response);
    if (version !== last) {
      last = version;
      writtenAt = Date.now();
      const hasRoom = stream.emit({ id: version, event: 'progress', data: current });
      if (!hasRoom) await once(response, 'drain', { signal: closed.signal }).catch(() => undefined);
    }
    if (isAtRest(current)) {
      stream.emit({ id: version + ENDED, event: 'end', data: { status: current.status } });
      break;
    }
    if (Date.now() - writtenAt > keepAliveMs) {
      writtenAt = Date.now();
      stream.keepAlive();
    }
  }
  if (!stream && !response.closed) response.status(204);
  response.end();
}

export const streamProgress = (feed: ProgressFeed, importId: string, request: Request, response: Response) =>
  streamStates({ feed, id: importId, isAtRest: ({ status }) => isResting(status) }, request, response);

const ENDED = '-end';
const END = /-end$/;

/** A name for a state. Two states with the same name have the same counts, so nothing is missed. */
const versionOf = (state: unknown): string =>
  createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 16);

/** By the header, as an EventSource sends it by itself; or by the query, since one that is opened anew cannot set it. */
function lastEventId(request: Request): string {
  const { lastEventId: asked } = request.query;
  return request.get('last-event-id') ?? (typeof asked === 'string' ? asked : '');
}
