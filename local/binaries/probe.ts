import { execFile } from 'node:child_process';
import type { Tool } from './tools';

const LIMIT_MS = 20_000;

/** What a file turned out to be: the tool in a version that will do, or why not. */
export type Probe = { works: true; version: string | undefined } | { works: false; reason: string };

/** Runs the file with `--version`; nothing else tells a program from a namesake, or from one whose libraries are missing. */
export function probe(file: string, tool: Tool): Promise<Probe> {
  return new Promise((resolve) => {
    execFile(file, ['--version'], { timeout: LIMIT_MS, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const said = `${stdout}\n${stderr}`;
      const match = tool.answer.exec(said);
      if (match) return resolve(judge(match[1], tool));
      const firstLine = said.trim().split('\n', 1)[0];
      if (firstLine) resolve({ works: false, reason: `is not ${tool.name} (its --version says: ${firstLine})` });
      else resolve({ works: false, reason: `cannot be run (${error?.message.trim() ?? 'it says nothing'})` });
    });
  });
}

function judge(version: string | undefined, { minimum }: Tool): Probe {
  if (!minimum || version === undefined) return { works: true, version };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return { works: true, version };
  return { works: false, reason: `is version ${version}, too old (${minimum.join('.')} or newer is needed)` };
}
