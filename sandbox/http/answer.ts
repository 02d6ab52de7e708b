import type { Response } from 'express';

/** A provider's answer to one request. An object as `body` is sent as JSON. */
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

/** The page of a proxy in front of a provider, where a caller expects JSON. */
export function htmlPage(status: number, title: string): Answer {
  const body = `<!doctype html>\n<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, headers: { 'Content-Type': 'text/html' }, body };
}
