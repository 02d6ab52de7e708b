import { Agent, request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

const agent = new Agent({ keepAlive: true });

/**
 * The time of one answer, in milliseconds; throws at any but 2xx. Not by `fetch`, which takes as long as the API itself, and in the
 * same process as its measure.
 */
export async function timedRequest(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
  body?: string,
): Promise<number> {
  const startedAt = performance.now();
  const asked = request(url, { agent, headers, method }).end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  const ms = performance.now() - startedAt;
  if (response.statusCode! >= 300) throw new Error(`${method} ${url} answered ${response.statusCode}.`);
  return ms;
}

export const timedGet = (url: string, headers: Record<string, string>): Promise<number> => timedRequest(url, headers);
