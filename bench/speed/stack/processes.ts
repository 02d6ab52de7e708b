import { readFileSync, writeFileSync } from 'node:fs';

/** Clock ticks of /proc; Linux fixes it at 100 for every program. */
const TICKS_A_SECOND = 100;

/** CPU time of a process and the children it has waited for, in milliseconds. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in brackets and may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
  return (ticks * 1000) / TICKS_A_SECOND;
}

/** Starts the peak of a process's memory again. */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory that the process held at once since `resetPeak`, in MB. */
export const peakOf = (pid: number): number => memory(pid, 'VmHWM');
export const residentOf = (pid: number): number => memory(pid, 'VmRSS');

function memory(pid: number, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) / 1024;
}

export type Pids = Record<string, number>;

export interface Spent {
  /** CPU by process, in milliseconds. */
  cpu: Record<string, number>;
  /** Peak memory by process, in MB. */
  peak: Record<string, number>;
}

const each = (pids: Pids, read: (pid: number) => number): Record<string, number> =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, read(pid)]));

/** Begins to measure the processes; the function that it returns ends that. */
export function measure(pids: Pids): () => Spent {
  Object.values(pids).forEach(resetPeak);
  const before = each(pids, cpuOf);
  return () => {
    const after = each(pids, cpuOf);
    const cpu = Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - before[name]!]));
    return { cpu, peak: each(pids, peakOf) };
  };
}
