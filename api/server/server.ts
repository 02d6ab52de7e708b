import type { Express } from 'express';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { refuseConnection } from '../http/answers';
import { problemDocument } from '../http/error-handler';
import { HttpProblem } from '../http/http-problem';
import { SERVER_LIMITS } from './watch-bodies';

/** The server of the API: also what Node refuses before the app sees it is answered by a problem document. */
export function createApiServer(app: Express, publicUrl: string): Server {
  const server = createServer(SERVER_LIMITS, app);
  // The app refuses an expectation that it does not know; Node would do so without a reason.
  server.on('checkExpectation', app);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const problem = ofParser(error.code);
    refuseConnection(socket, problem.status, problemDocument(problem, randomUUID(), publicUrl));
  });
  return server;
}

/** https://nodejs.org/docs/latest-v20.x/api/http.html#event-clienterror */
function ofParser(code: string | undefined): HttpProblem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new HttpProblem(
        431,
        'headers-too-large',
        'The address and the headers are too large. Send fewer of them.',
      );
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new HttpProblem(413, 'body-too-large', 'The chunks of the body have too many extensions. Send none.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HttpProblem(408, 'request-timeout', 'The request did not arrive in time. Send it again.');
    default:
      return new HttpProblem(
        400,
        'bad-request',
        'This is not a request of HTTP/1.1. Correct its first line or headers.',
      );
  }
}
