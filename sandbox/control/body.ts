import express from 'express';
import type { RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { problemsIn } from '../http/schema';

/** Express leaves the body unread without that header, as from a plain `curl -d`. */
const UNREAD = 'Send JSON, with the header "Content-Type: application/json".';

type Handler<Body> = (body: Body, res: Response) => void | Promise<void>;

/** Passes a valid body on, and answers 400 with every problem of another one. */
export const withBody = <T>(schema: z.ZodType<T>, handle: Handler<T>): RequestHandler[] =>
  checked(
    (body) => problemsIn(schema, body),
    (body) => body as T,
    handle,
  );

/** The same for a body that holds one thing or a list of them; the problems name the place in the list. */
export const withBodies = <T>(schema: z.ZodType<T>, noun: string, handle: Handler<T[]>): RequestHandler[] =>
  checked(
    (body) =>
      Array.isArray(body)
        ? body.flatMap((one, i) => problemsIn(schema, one).map((problem) => `${noun} ${i}: ${problem}`))
        : problemsIn(schema, body),
    (body) => [body].flat() as T[],
    handle,
  );

function checked<Body>(
  problemsOf: (body: unknown) => string[],
  read: (body: unknown) => Body,
  handle: Handler<Body>,
): RequestHandler[] {
  return [
    express.json(),
    async (req, res) => {
      const problems = req.body === undefined ? [UNREAD] : problemsOf(req.body);
      try {
        if (problems.length === 0) await handle(read(req.body), res);
        else res.status(400).json({ errors: problems });
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        res.status(400).json({ errors: [error.message] });
      }
    },
  ];
}
