'use strict';
/** Exits with 0 if Temporal knows the worker of this container among those that poll for workflows. */
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
  // The SDK calls a worker by process and host, and each container is a host of its own.
  return pollers.some(({ identity }) => identity.endsWith(`@${hostname()}`));
}

main().then(
  (polls) => process.exit(polls ? 0 : 1),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
