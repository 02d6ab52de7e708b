import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKER_NODE_OPTIONS } from '../../platform/worker-heap';

test('A worker in a container has the heap of an embedded one', () => {
  const compose = readFileSync(join(__dirname, '..', '..', 'docker-compose.yml'), 'utf8');
  const command = /\n {2}worker:\n[\s\S]*?command:\s*\[([\s\S]*?)\]/.exec(compose)![1]!;
  const words = command.split(',').map((word) => word.trim());
  expect(words.filter((word) => word.startsWith('--max-'))).toEqual([...WORKER_NODE_OPTIONS]);
});
