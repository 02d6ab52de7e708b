import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { PROJECT } from '../../../local/processes/project';
import type * as mongodServer from '../../../local/servers/mongod';
import type * as temporalServer from '../../../local/servers/temporal-server';

export const BUILT = join(PROJECT, 'dist');
const PEERS = join('bench', 'speed', 'peers');
const SOURCES = [
  ...['contract', 'domain', 'store', 'providers', 'platform', 'workflows', 'activities', 'worker', 'api', 'cli'],
  ...['local', 'sandbox', 'package.json', 'tsconfig.json', 'tsconfig.build.json'],
];

/** Builds the product unless its build is newer than all of its sources, and the peers. */
export function buildOutdated(note: (line: string) => void): void {
  if (newest(SOURCES.map((name) => join(PROJECT, name))) > changedAt(join(BUILT, 'worker', 'main.js'))) {
    note('building …');
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: PROJECT, stdio: 'inherit' });
  }
  const folder = join(BUILT, PEERS);
  mkdirSync(folder, { recursive: true });
  // Not run from their sources as the rest of the bench is: what translates them would count as theirs.
  for (const name of readdirSync(join(PROJECT, PEERS))) {
    const source = readFileSync(join(PROJECT, PEERS, name), 'utf8');
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
    const { outputText } = ts.transpileModule(source, { compilerOptions });
    writeFileSync(join(folder, name.replace(/\.ts$/, '.js')), outputText);
  }
}

export const builtEntry = (program: string, built = BUILT): string => join(built, program, 'main.js');
export const peerEntry = (peer: string): string => join(BUILT, PEERS, `${peer}.js`);

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newest(paths: readonly string[]): number {
  return paths.reduce((latest, path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return Math.max(latest, stat?.mtimeMs ?? 0);
    return Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
  }, 0);
}

/** How a build starts mongod and Temporal. */
export async function serversOf(built: string) {
  const load = <T>(name: string): Promise<T> => import(join(built, 'local', 'servers', `${name}.js`)) as Promise<T>;
  const [{ startMongod }, { startTemporalServer }] = await Promise.all([
    load<typeof mongodServer>('mongod'),
    load<typeof temporalServer>('temporal-server'),
  ]);
  return { startMongod, startTemporalServer };
}

/** The options of Node that a build starts its worker with. */
export async function workerOptionsOf(built: string): Promise<readonly string[]> {
  const path = join(built, 'platform', 'worker-heap.js');
  return ((await import(path)) as { WORKER_NODE_OPTIONS: readonly string[] }).WORKER_NODE_OPTIONS;
}
