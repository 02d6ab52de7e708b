import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { StartError } from '../processes/start-error';

const LOOPBACK = '127.0.0.1';
/**
 * Where free ports are looked for. The kernel takes the source ports of outgoing connections from 32768 upwards (Linux, `ip_local_port_range`) or
 * from 49152 (macOS, Windows): one of those may be gone while a program that had it is started again.
 */
const FREE_PORTS = { from: 15_000, below: 32_768 };
const MAX_LOOKS = 100;

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
  return listens(port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return false;
    throw new StartError(`Port ${port} on ${host} cannot be used (${error.message}). Set ${variable} to another port.`);
  });
}

/** Given by this process. Whoever has one may not listen yet: four programs that start at once would share one in some 3,000 starts. */
const given = new Set<number>();

/** A port on which nobody listens, and which no outgoing connection and nobody else in this process is given. */
export async function freePort(): Promise<number> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const port = randomInt(FREE_PORTS.from, FREE_PORTS.below);
    if (given.has(port)) continue;
    given.add(port);
    if (await listens(port, LOOPBACK).catch(() => false)) return port;
  }
  throw new StartError(
    `None of ${MAX_LOOKS} ports below ${FREE_PORTS.below} is free. Stop some programs, and start again.`,
  );
}

/** Cheaper than asking by a driver, which waits half a second before each retry. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function listens(port: number, host: string): Promise<true> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
