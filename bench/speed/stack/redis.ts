import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isListening } from '../../../local/servers/ports';
import { startPeer } from '../peer';
import type { Peer } from '../peer';
import type { Stack } from './stack';

const START_LIMIT_MS = 10_000;

export interface BullMqPeer {
  peer: Peer;
  redis: number;
  stop(): void;
}

/** Starts BullMQ and its Redis, if both are installed; otherwise says what is missing and resolves to `undefined`. */
export async function startBullMq(stack: Stack, note: (line: string) => void): Promise<BullMqPeer | undefined> {
  const binary = process.env['REDIS_SERVER'] ?? 'redis-server';
  if (spawnSync(binary, ['--version']).status !== 0) {
    note('BullMQ is left out: there is no redis-server on the PATH, and REDIS_SERVER names none.');
    return undefined;
  }
  try {
    createRequire(__filename).resolve('bullmq');
  } catch {
    note('BullMQ is left out: install it by npm install --no-save bullmq@5 and start again.');
    return undefined;
  }
  const port = await freePort();
  const folder = join(stack.data, 'redis');
  mkdirSync(folder);
  // Every write is in its log within a second, as its own documentation advises for queues.
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes'];
  const redis = spawn(binary, args, { stdio: 'ignore' });
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await isListening(port))) {
    if (Date.now() > deadline || redis.exitCode !== null) throw new Error(`${binary} does not start.`);
    await pause(50);
  }
  const peer = await startPeer(stack, 'bullmq', { REDIS_PORT: String(port) });
  return {
    peer,
    redis: redis.pid!,
    stop() {
      peer.stop();
      redis.kill();
    },
  };
}
