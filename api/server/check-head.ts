import type { RequestHandler } from 'express';
import { HttpProblem } from '../http/http-problem';

/** RFC 9110, section 4.1, asks for 8,000 octets at least; the longest valid filter of ours has a few hundred. */
const LONGEST_URL = 8000;

/** Refuses what no route can serve, by its head alone. */
export const checkHead: RequestHandler = ({ url, headers: { expect } }, _response, next) => {
  if (url.length > LONGEST_URL) {
    const detail = `The address has ${url.length} characters; at most ${LONGEST_URL} are read.`;
    throw new HttpProblem(414, 'uri-too-long', detail);
  }
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
    const detail = 'The header Expect may only be "100-continue". Send the request without it.';
    throw new HttpProblem(417, 'expectation-failed', detail);
  }
  next();
};
