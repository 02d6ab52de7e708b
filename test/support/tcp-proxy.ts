import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** State of a link. */
export type LinkState =
  | { kind: 'clear' }
  /** Everything arrives late. */
  | { kind: 'latency'; ms: number }
  /** Limits each connection in each direction. */
  | { kind: 'slow'; bytesPerSecond: number }
  /** Resets all connections and each new one. */
  | { kind: 'reset' }
  /** Nothing arrives, without an error. When the link is clear again, data in flight arrives after all. */
  | { kind: 'black-hole' }
  /** The server loses its connections, and the client does not notice. New connections work. */
  | { kind: 'half-open' };

export interface TcpProxy {
  port: number;
  set(state: LinkState): void;
  /** Number of pieces and connections that the last state has affected: an unnoticed fault proves nothing. */
  struck(): number;
  close(): Promise<void>;
}

interface Pair {
  near: Socket;
  far: Socket;
}

const SLICE_MS = 50;

/** A link to a server on this machine, with the faults of a network. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const link: Link = { state: { kind: 'clear' }, changed: signal(), struck: 0 };
  const pairs = new Set<Pair>();
  const waiting = new Set<Socket>();

  const join = (near: Socket): void => {
    const far = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const pair = { near, far };
    pairs.add(pair);
    const lose = (): void => {
      if (!pairs.delete(pair)) return;
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      forward(link, from, to);
      from.on('error', lose);
      from.on('close', () => near.destroyed && far.destroyed && pairs.delete(pair));
    }
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    near.on('error', () => undefined);
    if (link.state.kind === 'reset') {
      link.struck++;
      near.resetAndDestroy();
    } else if (link.state.kind === 'black-hole') {
      link.struck++;
      waiting.add(near);
    } else join(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    set(state) {
      link.state = state;
      link.struck = ['reset', 'half-open'].includes(state.kind) ? pairs.size : 0;
      link.changed.fire();
      link.changed = signal();
      if (state.kind === 'reset') {
        for (const { near } of [...pairs]) near.resetAndDestroy();
        for (const { far } of [...pairs]) far.resetAndDestroy();
        pairs.clear();
      }
      if (state.kind === 'half-open') {
        for (const { near, far } of pairs) {
          // Data that the client still sends is accepted and lost.
          near.removeAllListeners('data').resume();
          near.removeAllListeners('end').on('end', () => near.end());
          far.removeAllListeners().on('error', () => undefined);
          far.destroy();
        }
        pairs.clear();
      }
      if (state.kind !== 'black-hole') {
        for (const near of waiting) {
          if (state.kind === 'reset') near.resetAndDestroy();
          else if (!near.destroyed) join(near);
        }
        waiting.clear();
      }
    },
    struck: () => link.struck,
    async close() {
      const closed = once(server, 'close');
      server.close();
      link.state = { kind: 'clear' };
      link.changed.fire();
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      for (const near of waiting) near.destroy();
      // Half-open connections are in neither list.
      server.unref();
      await Promise.race([closed, pause(1_000, undefined, { ref: false })]);
    },
  };
}

interface Link {
  state: LinkState;
  changed: Signal;
  struck: number;
}

/** Forwards data as the link allows at that moment, in order. */
function forward(link: Link, from: Socket, to: Socket): void {
  const queue: { piece: Buffer | undefined; at: number }[] = [];
  let awake = false;
  const work = async (): Promise<void> => {
    if (awake) return;
    awake = true;
    for (let next = queue.shift(); next && !to.destroyed; next = queue.shift()) await deliver(link, to, next);
    awake = false;
  };
  const add = (piece?: Buffer): void => {
    queue.push({ piece, at: Date.now() });
    void work();
  };
  from.on('data', add);
  from.on('end', () => add());
}

async function deliver(
  link: Link,
  to: Socket,
  { piece, at }: { piece: Buffer | undefined; at: number },
): Promise<void> {
  if (['latency', 'slow', 'black-hole'].includes(link.state.kind)) link.struck++;
  while (link.state.kind === 'black-hole') await link.changed.fired;
  if (link.state.kind === 'latency') await pause(Math.max(0, at + link.state.ms - Date.now()));
  if (!piece) return void to.end();
  for (let rest = piece; rest.length > 0 && !to.destroyed;) {
    const size =
      link.state.kind === 'slow' ? Math.max(1, Math.floor((link.state.bytesPerSecond * SLICE_MS) / 1000)) : rest.length;
    to.write(rest.subarray(0, size));
    rest = rest.subarray(size);
    if (rest.length > 0) await pause(SLICE_MS);
  }
}

interface Signal {
  fired: Promise<void>;
  fire: () => void;
}

function signal(): Signal {
  let fire!: () => void;
  const fired = new Promise<void>((resolve) => (fire = resolve));
  return { fired, fire };
}
