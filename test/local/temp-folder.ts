import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRunFolder } from './run-folder';

/** A folder for one test file, removed after its tests. */
export function createTempFolder() {
  const { path, pids } = createRunFolder();
  const ends: (() => unknown)[] = [];
  afterAll(async () => {
    await Promise.all(ends.map((end) => end()));
    rmSync(path, { recursive: true, force: true });
  });
  const write = (name: string, content: string): string => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  return {
    path,
    pids,
    at: (...names: string[]): string => join(path, ...names),
    write,
    /** Runs after the tests and before the folder is removed. */
    atEnd: (end: () => unknown): void => void ends.push(end),
    /** An executable shell script. */
    script(name: string, body: string): string {
      const file = write(name, `#!/bin/sh\n${body}\n`);
      chmodSync(file, 0o755);
      return file;
    },
  };
}

/** A process that has ended counts as alive until its parent has read its exit code. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
