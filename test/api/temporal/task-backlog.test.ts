import { createTaskBacklog } from '../../../api/temporal/task-backlog';
import { taskQueuesOf } from '../../../contract/task-queues';
import { people, toCsv } from '../../support/people';
import { startStack } from '../../support/stack';
import { until } from '../../support/until';

test('Tasks that no worker takes have an age by their task queue, until one does', async () => {
  const stack = await startStack({}, { worker: false });
  try {
    const temporal = { connection: stack.temporal.connection as never, namespace: 'default' };
    const ages = createTaskBacklog(temporal, stack.name);
    const none = await ages();
    expect([...none]).toEqual(taskQueuesOf('all', stack.name).map((queue) => [queue, 0]));

    const importId = await stack.api.importId(toCsv(people(2, 'backlog')));
    const waiting = await until('the workflow to wait for a worker', ages, (now) => now.get(stack.name)! > 1);
    expect([...waiting.values()].filter((seconds) => seconds > 0)).toHaveLength(1);

    const stopWorker = await stack.startWorker();
    await stack.api.rest(importId);
    // On no queue: each tells of its last task by itself.
    await until('nothing to wait', ages, (now) => Math.max(...now.values()) === 0);
    await stopWorker();
  } finally {
    await stack.stop();
  }
});
