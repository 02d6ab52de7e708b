import type { Response } from 'express';

/** What a provider says to one request. A `body` goes out as JSON, unless it is text. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: object | string;
}

export const bodyText = ({ body }: Answer): string =>
  typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);

export function sendAnswer(res: Response, answer: Answer): void {
  res.status(answer.status).set(answer.headers ?? {});
  if (typeof answer.body === 'object') res.json(answer.body);
  else if (answer.body !== undefined) res.send(answer.body);
  else res.end();
}

/** What a proxy in front of a provider shows, where a caller expects JSON. */
export function htmlPage(status: number, title: string): Answer {
  const body = `<!doctype html>\n<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, headers: { 'Content-Type': 'text/html' }, body };
}
