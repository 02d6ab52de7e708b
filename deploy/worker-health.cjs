'use strict';
/** Health check of the worker: exits with 0 if Temporal lists this container among the pollers for workflows. */
const { hostname } = require('node:os');
const { loadConfig } = require('../dist/platform/config');
const { connectLazily } = require('../dist/platform/temporal-connection');

const DEADLINE_MS = 5_000;
const WORKFLOWS = 1; // temporal.api.enums.v1.TaskQueueType

async function main() {
  const { connection, namespace } = connectLazily();
  const taskQueue = { name: loadConfig().temporal.taskQueue };
  const { pollers } = await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    connection.workflowService.describeTaskQueue({ namespace, taskQueue, taskQueueType: WORKFLOWS }),
  );
  // The SDK names a worker by process id and host, and each container is its own host.
  return pollers.some(({ identity }) => identity.endsWith(`@${hostname()}`));
}

main().then(
  (polls) => process.exit(polls ? 0 : 1),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
