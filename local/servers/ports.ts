import { connect, createServer } from 'node:net';
import { StartError } from '../processes/start-error';

const LOOPBACK = '127.0.0.1';

export interface PortUse {
  port: number;
  /** The program that will listen there, in the user's words. */
  what: string;
  /** The environment variable that sets the port. */
  variable: string;
  /** Another solution than another port; ends a sentence. */
  alternative?: string;
  /** Default: 127.0.0.1. */
  host?: string;
}

/** Throws one `StartError` that names every port in use. */
export async function assertPortsFree(uses: readonly PortUse[]): Promise<void> {
  const free = await Promise.all(uses.map(isFree));
  const taken = uses.filter((_, i) => !free[i]);
  if (taken.length === 0) return;
  throw new StartError(
    taken
      .map(
        ({ port, what, variable, alternative }) =>
          `Port ${port}, meant for ${what}, is used by another program. Stop that program, or choose another port: ` +
          `${variable}=${port < 50_000 ? port + 10_000 : port - 10_000}${alternative ? `; or ${alternative}` : ''}.`,
      )
      .join('\n'),
  );
}

function isFree({ port, host = LOOPBACK, variable }: PortUse): Promise<boolean> {
  return listen(port, host).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return false;
      throw new StartError(
        `Port ${port} on ${host} cannot be used (${error.message}). Set ${variable} to another port.`,
      );
    },
  );
}

/** A port that is free at this moment. */
export const freePort = (): Promise<number> => listen(0, LOOPBACK);

/** Cheaper than asking by a driver, which waits half a second before each retry. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function listen(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
