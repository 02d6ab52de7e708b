import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Answer } from './answer';
import type { Answered, Exchange, ProviderName } from './exchange';

/** A request to a provider, once it has come in as a whole. */
export interface ProviderRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** What follows the question mark; `''` if nothing does. */
  search: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What is a provider's own. How it is logged, delayed and struck by faults is the same for all. */
export interface ProviderApi {
  name: ProviderName;
  /** Every path of the provider is below it. */
  basePath: string;
  maxBodyBytes: number;
  /** The answer to a longer body. */
  tooLarge: Answer;
  prepare(request: ProviderRequest): Exchange | Answered;
}

/** The request with its body, which is `undefined` if it is longer than `maxBytes`. Rejects if the caller goes away. */
export async function readRequest(
  req: IncomingMessage,
  maxBytes: number,
): Promise<Omit<ProviderRequest, 'body'> & { body: Buffer | undefined }> {
  const url = req.url!;
  const end = url.indexOf('?');
  const [path, search] = end === -1 ? [url, ''] : [url.slice(0, end), url.slice(end + 1)];
  return { method: req.method!, path, search, headers: req.headers, body: await readBody(req, maxBytes) };
}

/** Listeners in place of an async iterator, which costs as much as the rest of a short request. */
const readBody = (req: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest is still read, and thrown away: a caller that is cut off while it writes does not see the answer.
      if (size <= maxBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    req.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    req.on('error', reject);
  });

/** Whether the body is of a media type, such as `application/json`. */
export const hasMediaType = (headers: IncomingHttpHeaders, type: string): boolean =>
  headers['content-type']?.split(';', 1)[0]!.trim().toLowerCase() === type;
