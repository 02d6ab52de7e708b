import type { RequestHandler, Response } from 'express';

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const after = (query: { after?: unknown }) => ({ after: Number(text(query.after) ?? 0) || 0 });

export const refuse = (res: Response, errors: string[]): void => void res.status(400).json({ errors });

/** Without that header, as from a plain `curl -d`, a body is not even read. */
const UNREAD = 'Send JSON, with the header "Content-Type: application/json".';

export const refusingWith =
  (problemsOf: (body: unknown) => string[]): RequestHandler =>
  (req, res, next) => {
    const problems = req.body === undefined ? [UNREAD] : problemsOf(req.body);
    if (problems.length > 0) refuse(res, problems);
    else next();
  };
