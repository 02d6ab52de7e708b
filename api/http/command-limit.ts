import type { Request, RequestHandler, Response } from 'express';
import { HttpProblem } from './http-problem';
import { whenClosed } from '../when-closed';

/** Commands to one import that may be under way at once in this process. They take tens of milliseconds. */
const AT_ONCE = 10;
const RETRY_AFTER_SECONDS = 1;

/**
 * Lets a few commands to one import be carried out at once and tells the next caller to wait, rather than keeping a line without
 * end. Answers 429.
 */
export function createCommandLimit(): RequestHandler {
  const underWay = new Map<string, number>();

  return (request: Request, response: Response, next) => {
    const id = String(request.params.id);
    const count = underWay.get(id) ?? 0;
    if (count >= AT_ONCE) {
      throw new HttpProblem(
        429,
        'too-many-requests',
        `${count} commands to this import are being carried out. This one was not accepted: wait a moment and send it again.`,
        { retryAfterSeconds: RETRY_AFTER_SECONDS },
      );
    }
    underWay.set(id, count + 1);
    whenClosed(response, () => {
      const left = underWay.get(id)! - 1;
      if (left === 0) underWay.delete(id);
      else underWay.set(id, left);
    });
    next();
  };
}
