'use strict';
/*
 * Preloaded into the programs of the embedded stack: they end when their parent ends, even by kill -9.
 * The channel to the parent closes at that moment; checking the parent's process id would need polling.
 */
const { isMainThread } = require('node:worker_threads');

const DRAIN_MS = 3_000;

if (process.env.EXIT_WITH_PARENT === '1' && isMainThread && process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Otherwise the listener would keep the channel, and so the process, alive.
  process.channel.unref();
}
