import { setTimeout as pause } from 'node:timers/promises';
import type { Cell, Plan } from './arguments';
import { cellsOf } from './arguments';
import { checkMessages, checkProduct } from './facts/check';
import type { CheckPeer } from './facts/check';
import type { ClientFile } from './client-files';
import { ROWS } from './client-files';
import { median, medians, sum } from './report/figures';
import { databaseOf } from './peer';
import type { Peer } from './peer';
import { measure } from './stack/processes';
import { importByProduct } from './product';
import type { Stack } from './stack/stack';

/** What an import leaves behind that is done a moment later, such as the end of its workflow. */
const AFTERWARDS_MS = 300;
const SERVERS = ['mongod', 'provider'];

/** One of those that are compared, in one round. */
interface Measured {
  /** Of each import by itself where a round imports single files, else of all together. */
  ms: number[];
  cpu: Record<string, number>;
  peak: Record<string, number>;
}

export interface Result extends Cell {
  subject: string;
  ms: number;
  lowest: number;
  highest: number;
  /** µs a row, by process. */
  cpu: Record<string, number>;
  cpuTotal: number;
  /** MB, by process. */
  peak: Record<string, number>;
}

export interface Subject {
  name: string;
  /** Resolves with the wall time of each order, in milliseconds, once all the work was checked. */
  run(orders: readonly (readonly ClientFile[])[]): Promise<Measured>;
}

export function productSubject(stack: Stack, name = 'product'): Subject {
  return {
    name,
    async run(orders) {
      const ids: string[] = [];
      const done = measure(stack.pids());
      const ms: number[] = [];
      for (const files of orders) {
        const imported = await importByProduct(stack, files);
        ids.push(...imported.ids);
        ms.push(imported.ms);
      }
      await pause(AFTERWARDS_MS);
      const spent = done();
      await checkMessages(stack, orders.flat());
      await checkProduct(stack, ids);
      return { ms, ...spent };
    },
  };
}

export function peerSubject(stack: Stack, peer: Peer, check: CheckPeer, servers: Record<string, number> = {}): Subject {
  return {
    name: peer.name,
    async run(orders) {
      const done = measure({ [peer.name]: peer.pid, ...stack.pids(...SERVERS), ...servers });
      const ms: number[] = [];
      for (const files of orders) ms.push(await peer.import(files));
      await pause(AFTERWARDS_MS);
      const spent = done();
      await checkMessages(stack, orders.flat());
      await check(stack.mongo.db(databaseOf(peer.name)), orders.flat());
      return { ms, ...spent };
    },
  };
}

/** Lets the subjects take turns in every round, each with the same files, in an order that rotates. */
export async function compare(
  stacks: readonly Stack[],
  subjects: readonly Subject[],
  plan: Plan,
  newFiles: (count: number) => ClientFile[],
  note: (line: string) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const setLatency = (ms: number): Promise<unknown> => Promise.all(stacks.map((stack) => stack.setLatency(ms)));
  await setLatency(plan.latencies[0] ?? 20);
  for (const subject of subjects) await turn(stacks, subject, ordersFor(plan, 1, newFiles));
  for (const cell of cellsOf(plan)) {
    await setLatency(cell.latencyMs);
    const rounds = new Map<string, Measured[]>(subjects.map(({ name }) => [name, []]));
    for (let round = 0; round < plan.rounds; round++) {
      const orders = ordersFor(plan, cell.files, newFiles);
      for (let i = 0; i < subjects.length; i++) {
        const subject = subjects[(round + i) % subjects.length]!;
        rounds.get(subject.name)!.push(await turn(stacks, subject, orders));
      }
    }
    for (const [subject, measured] of rounds) {
      const result = resultOf(cell, subject, measured, ordersFor.rowsOf(plan, cell.files));
      results.push(result);
      note(
        `${cell.files} files, ${cell.latencyMs} ms: ${subject} ${result.ms.toFixed(0)} ms, ${result.cpuTotal.toFixed(0)} µs a row`,
      );
    }
  }
  return results;
}

/** A single file takes so little CPU that a round has several, one after another. */
function ordersFor(plan: Plan, files: number, newFiles: (count: number) => ClientFile[]): ClientFile[][] {
  return files === 1 ? Array.from({ length: plan.singles }, () => newFiles(1)) : [newFiles(files)];
}
ordersFor.rowsOf = (plan: Plan, files: number): number => ROWS * (files === 1 ? plan.singles : files);

async function turn(
  stacks: readonly Stack[],
  subject: Subject,
  orders: readonly (readonly ClientFile[])[],
): Promise<Measured> {
  for (const { sandboxUrl } of stacks) await fetch(`${sandboxUrl}/__ledger`, { method: 'DELETE' });
  return subject.run(orders);
}

function resultOf(cell: Cell, subject: string, rounds: readonly Measured[], rows: number): Result {
  const times = rounds.flatMap(({ ms }) => ms);
  const cpu = medians(
    rounds.map((round) =>
      Object.fromEntries(Object.entries(round.cpu).map(([name, ms]) => [name, (ms * 1000) / rows])),
    ),
  );
  return {
    ...cell,
    subject,
    ms: median(times),
    lowest: Math.min(...times),
    highest: Math.max(...times),
    cpu,
    cpuTotal: median(rounds.map((round) => (sum(Object.values(round.cpu)) * 1000) / rows)),
    peak: medians(rounds.map(({ peak }) => peak)),
  };
}
