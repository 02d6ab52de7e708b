import { setFlagsFromString } from 'node:v8';

/**
 * Options of Node for a worker. By default V8 lets a heap grow to gigabytes before it collects: a worker with 200 files queued took
 * twice the memory for the same work. The files that it has begun need less than half of this. In megabytes.
 *
 * Under so low a limit V8 collects the old heap early: at 105 MB where 65 have outlived the last time. Each collection throws away
 * the compiled code of what is made for each file, which is compiled again then. So it may grow further, in percent of what outlived.
 */
export const WORKER_NODE_OPTIONS: readonly string[] = [
  '--max-old-space-size=256',
  '--max-semi-space-size=16',
  '--heap-growing-percent=80',
];

/**
 * Limits the young objects of threads that are started from here on, in megabytes: the options above hold for each thread, and the one
 * that runs the workflows would keep 32 for next to nothing. The SDK starts it without limits of its own.
 */
export const limitYoungObjectsOfThreads = (): void => setFlagsFromString('--max-semi-space-size=4');
