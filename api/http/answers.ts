import type { Request, RequestHandler, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { maskAnswer, maskSentence, maskText } from '../../domain/problems/mask-answer';
import type { Role } from '../../store/documents';

/**
 * The only way out of the API: whatever it answers passes the serialiser of the caller's role, so that no view and no router can
 * forget to mask. A lint rule keeps the other ways of Express to this file.
 */
export interface Serialiser {
  /** Whether it hides addresses and numbers. */
  masks: boolean;
  answer(view: unknown): unknown;
  text(text: string): string;
  /** A sentence of ours about a problem. */
  sentence(text: string): string;
}

const WHOLE: Serialiser = { masks: false, answer: (view) => view, text: (text) => text, sentence: (text) => text };
const MASKED: Serialiser = { masks: true, answer: maskAnswer, text: maskText, sentence: maskSentence };

declare module 'express-serve-static-core' {
  interface Request {
    /** The caller has asked for whole addresses and numbers, and may see them; see `audit-trail.ts`. */
    isUnmasked?: boolean;
  }
}

const SERIALISERS: Readonly<Record<Role, Serialiser>> = {
  systemAdministrator: WHOLE,
  userAdministrator: WHOLE,
  support: MASKED,
};

export const serialiserFor = (role: Role): Serialiser => SERIALISERS[role];

/** Whether addresses and numbers are hidden from this role, unless it asks for them and may see them. */
export const isMaskedFor = (role: Role): boolean => SERIALISERS[role].masks;

/** Without a key as for support. */
export const serialiserOf = ({ caller, isUnmasked }: Request): Serialiser =>
  isUnmasked ? WHOLE : caller ? SERIALISERS[caller.role] : MASKED;

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

/** Forbids a page everything that `more` does not allow. */
const policy = (more: string): string =>
  `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'${more}`;
const CONTENT_POLICIES = {
  text: policy(''),
  // Swagger UI writes styles into its page; scripts come from files of ours only.
  docs: policy("; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"),
  admin: policy("; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"),
};

const CACHING = {
  hour: 'public, max-age=3600',
  /** Its address changes with its content. */
  always: 'public, max-age=31536000, immutable',
  never: 'no-cache',
};

export interface PageHead {
  /** With its charset. */
  type: string;
  policy?: keyof typeof CONTENT_POLICIES;
  cached?: keyof typeof CACHING;
  /** The content is compressed by gzip. */
  isGzip?: boolean;
}

/** A page of ours, or a part of one, which has no personal data. */
export function sendPage(
  response: Response,
  { type, policy: name = 'text', cached = 'hour', isGzip = false }: PageHead,
  content: Uint8Array | string,
): void {
  response.set({ 'Content-Type': type, 'Content-Security-Policy': CONTENT_POLICIES[name] });
  response.set('Cache-Control', CACHING[cached]);
  if (isGzip) response.set('Content-Encoding', 'gzip').vary('Accept-Encoding');
  response.send(Buffer.from(content));
}

/**
 * A page of one visitor with a form, which nobody keeps: neither a cache nor a search engine. `style` is the SHA-256 of its style
 * sheet in base64, which is all that it may load.
 */
export function sendFormPage(
  response: Response,
  { status, style }: { status: number; style: string },
  content: string,
): void {
  response.status(status).set({
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${style}'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex, nofollow, noarchive',
  });
  response.vary('Accept-Language');
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

/** Answers on a connection whose request could not be parsed, and ends it. What it carried is unknown, so nothing of it is said. */
export function refuseConnection(socket: Duplex, status: number, problem: object): void {
  const { _httpMessage: begun } = socket as Duplex & { _httpMessage?: ServerResponse };
  // Within an answer that has begun it would be taken for a part of it.
  if (!socket.writable || begun?.headersSent) return void socket.destroy();
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
