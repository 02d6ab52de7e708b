import { connect, createServer } from 'node:net';
import { StartError } from '../start-error';

const LOOPBACK = '127.0.0.1';

export interface PortUse {
  port: number;
  /** What is to listen there, as a person would call it. */
  what: string;
  /** The environment variable that moves it. */
  variable: string;
  /** A way out other than another port, as the end of a sentence. */
  alternative?: string;
  /** 127.0.0.1 unless told otherwise. */
  host?: string;
}

/** Throws one `StartError` that names every port of the list that something else listens on. */
export async function assertPortsFree(uses: readonly PortUse[]): Promise<void> {
  const free = await Promise.all(uses.map(isFree));
  const taken = uses.filter((_, i) => !free[i]);
  if (taken.length === 0) return;
  throw new StartError(
    taken
      .map(
        ({ port, what, variable, alternative }) =>
          `Port ${port}, meant for ${what}, is taken by another program. Stop that program, or choose another port: ` +
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
      throw new StartError(`Port ${port} on ${host} cannot be used (${error.message}). ${variable} moves it.`);
    },
  );
}

/** A port nobody listens on at this moment. */
export const freePort = (): Promise<number> => listen(0, LOOPBACK);

/** Whether something listens there: cheaper to ask than a driver, which waits half a second before it tries again. */
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
