/** What V8 writes of a program; times in microseconds. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
  startTime: number;
  endTime: number;
}

export interface Hot {
  name: string;
  ms: number;
}

const NOT_BUSY = new Set(['(idle)', '(root)']);

/** The time that each file or function took by itself within a window of the profile, most first. */
export function hottest(profile: CpuProfile, by: 'file' | 'function', window: { from: number; until: number }): Hot[] {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const spent = new Map<string, number>();
  let at = profile.startTime;
  profile.samples.forEach((sample, i) => {
    const delta = profile.timeDeltas[i] ?? 0;
    at += delta;
    const frame = frames.get(sample);
    if (!frame || at < window.from || at > window.until || NOT_BUSY.has(frame.functionName)) return;
    const file = placeOf(frame.url, frame.functionName);
    const name = by === 'file' ? file : `${frame.functionName || '(anonymous)'} ${file}:${frame.lineNumber + 1}`;
    spent.set(name, (spent.get(name) ?? 0) + delta / 1000);
  });
  return [...spent].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms);
}

/** A package by its name, our own file by its path in the build, and else what V8 calls it, such as the garbage collector. */
function placeOf(url: string, functionName: string): string {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (url === '') return functionName.startsWith('(') ? functionName : '(native)';
  return url.replace(/^.*\/dist\//, '');
}
