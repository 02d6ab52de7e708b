'use strict';
/*
 * Preloaded into the programs of the embedded stack: when whoever started them is gone, even by kill -9, they end too.
 * The channel to the parent closes at once and by itself; asking for the parent's process id would take a clock.
 */
const { isMainThread } = require('node:worker_threads');

const DRAIN_MS = 3_000;

if (process.env.EXIT_WITH_PARENT === '1' && isMainThread && process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // A listener holds the channel open, and with it a program that has nothing left to do.
  process.channel.unref();
}
