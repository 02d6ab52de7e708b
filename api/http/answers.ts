import type { Request, RequestHandler, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { maskAnswer, maskSentence, maskText } from '../../domain/problems/mask-answer';
import type { Role } from '../../store/documents';

/**
 * The only way out of the API: whatever it answers passes the serialiser of the caller's role, so that no view and no router can
 * forget to mask. A lint rule keeps the other ways of Express to this file.
 */
export interface Serialiser {
  answer(view: unknown): unknown;
  text(text: string): string;
  /** A sentence of ours about a problem. */
  sentence(text: string): string;
}

const WHOLE: Serialiser = { answer: (view) => view, text: (text) => text, sentence: (text) => text };
const MASKED: Serialiser = { answer: maskAnswer, text: maskText, sentence: maskSentence };

const SERIALISERS: Readonly<Record<Role, Serialiser>> = {
  systemAdministrator: WHOLE,
  userAdministrator: WHOLE,
  support: MASKED,
};

export const serialiserFor = (role: Role): Serialiser => SERIALISERS[role];

/** Without a key as for support. */
const serialiserOf = ({ caller }: Request): Serialiser => (caller ? SERIALISERS[caller.role] : MASKED);

/** Makes `response.json` serialise for the role of the caller, which is known by then. */
export const serialiseAnswers: RequestHandler = (request, response, next) => {
  const json = response.json.bind(response);
  response.json = (view) => json(serialiserOf(request).answer(view));
  next();
};

export interface FileHead {
  name: string;
  /** With its charset. */
  type: string;
}

function setHead(response: Response, { name, type }: FileHead): void {
  response.attachment(serialiserOf(response.req).text(name));
  // By `set`: `type` would append the charset of Express.
  response.set('Content-Type', type);
}

/** The content is the caller's to serialise: it is in a format of its own. */
export function sendFile(response: Response, head: FileHead, content: Uint8Array | string): void {
  setHead(response, head);
  response.send(Buffer.from(content));
}

/** As `sendFile`, with the content as it is made. An error before the first part still becomes a problem document. */
export async function streamFile(response: Response, head: FileHead, parts: AsyncGenerator<Uint8Array>): Promise<void> {
  const first = await parts.next();
  setHead(response, head);
  if (response.req.method === 'HEAD' || first.done) return void response.end();
  response.write(first.value);
  // An error after that can only break the answer off, which the client notices.
  await pipeline(Readable.from(parts), response).catch((error: unknown) =>
    response.log.warn({ err: error }, 'a file was broken off'),
  );
}

export interface EventStream {
  /** Returns whether there is room for more; if not, `drain` follows. */
  emit(event: { id: string; event: string; data: unknown }): boolean;
  /** Proxies cut a silent stream, and only a write detects that the client has left. */
  keepAlive(): void;
}

/** Begins an answer of server-sent events. */
export function openEventStream(response: Response): EventStream {
  const serialiser = serialiserOf(response.req);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  // The client learns that it is connected, whether there is news for it or not.
  response.flushHeaders();
  // With the first event: some readers make an event of a block without data.
  let head = 'retry: 2000\n';
  return {
    emit({ id, event, data }) {
      const block = `${head}id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(serialiser.answer(data))}\n\n`;
      head = '';
      return response.write(block);
    },
    keepAlive: () => void response.write(':\n\n'),
  };
}
