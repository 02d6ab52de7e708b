/**
 * Options of Node for a worker. By default V8 lets a heap grow to gigabytes before it collects: a worker with 200 files queued took
 * twice the memory for the same work. The files that it has begun need less than half of this. In megabytes.
 */
export const WORKER_NODE_OPTIONS: readonly string[] = ['--max-old-space-size=256', '--max-semi-space-size=32'];
