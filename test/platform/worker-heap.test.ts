import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKER_NODE_OPTIONS } from '../../platform/worker-heap';

const textOf = (...path: string[]): string => readFileSync(join(__dirname, '..', '..', ...path), 'utf8');

test.each([
  ['Compose', /\n {2}worker:\n[\s\S]*?command:\s*\[\s*node,([\s\S]*?)--require/, ['docker-compose.yml']],
  [
    'the chart',
    /\$node := list "node"(.*?)"dist\/worker/,
    ['deploy', 'helm', 'client-import', 'templates', 'workers.yaml'],
  ],
  ['the page on deployment', /`node (.*?) dist\/worker\/main\.js`/, ['docs', 'deployment.md']],
])('A worker of %s has the heap of an embedded one', (_name, command, path) => {
  const words = command
    .exec(textOf(...path))![1]!
    .split(/[\s,"]+/)
    .filter((word) => word !== '');
  expect(words).toEqual([...WORKER_NODE_OPTIONS]);
});

test('Node takes these options', () => {
  const { status, stderr } = spawnSync(process.execPath, [...WORKER_NODE_OPTIONS, '-e', '0'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
