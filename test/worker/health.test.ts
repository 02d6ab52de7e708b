import { hostname } from 'node:os';
import { unpolledQueues } from '../../worker/health';
import { startStack } from '../support/stack';
import { until } from '../support/until';

test('A worker is healthy once this host polls each queue of its part', async () => {
  const stack = await startStack();
  try {
    const temporal = { connection: stack.temporal.connection as never, namespace: 'default' };
    const unpolled = await until(
      'all queues to be polled',
      () => unpolledQueues(temporal, 'all', stack.name),
      (queues) => queues.length === 0,
    );
    expect(unpolled).toEqual([]);
    expect(await unpolledQueues(temporal, 'invitations', stack.name, `not-${hostname()}`)).toEqual([
      `${stack.name}-invitations`,
    ]);
    expect(await unpolledQueues(temporal, 'imports', `${stack.name}-other`)).toHaveLength(4);
  } finally {
    await stack.stop();
  }
});
