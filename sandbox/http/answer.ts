import type { ServerResponse } from 'node:http';

/** A provider's answer to one request. An object as `body` is sent as JSON; a text needs a `Content-Type`. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: object | string;
}

export const bodyText = ({ body }: Answer): string =>
  typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);

export function sendAnswer(res: ServerResponse, answer: Answer): void {
  const text = bodyText(answer);
  const type = typeof answer.body === 'object' && { 'Content-Type': 'application/json; charset=utf-8' };
  res.writeHead(answer.status, { ...type, ...answer.headers, 'Content-Length': Buffer.byteLength(text) }).end(text);
}

/** The page of a proxy in front of a provider, where a caller expects JSON. */
export function htmlPage(status: number, title: string): Answer {
  const body = `<!doctype html>\n<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}
