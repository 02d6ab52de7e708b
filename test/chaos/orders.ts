import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { until } from '../support/until';

/** What is to happen at a point, once. */
export interface Order {
  id: string;
  act: 'die' | 'pause';
  /** Of a pause. */
  forMs: number;
  /** At which pass of a process by the point, counted from the order on. */
  nth: number;
}

/** How a test tells workers what to do at which point: by files, so that of many processes exactly one takes an order. */
export function createOrders(folder: string) {
  mkdirSync(folder, { recursive: true });
  const passes = new Map<string, number>();
  const fileOf = (point: string): string => join(folder, `${point}.order`);
  const taken = (point: string): number[] =>
    readdirSync(folder).flatMap((name) => {
      const [of, state, pid] = name.split('.');
      return of === point && state === 'taken' ? [Number(pid)] : [];
    });

  return {
    folder,

    give(point: string, { act = 'die', forMs = 0, nth = 1 }: Partial<Omit<Order, 'id'>> = {}): void {
      for (const pid of taken(point)) rmSync(join(folder, `${point}.taken.${pid}`));
      const order: Order = { id: randomUUID(), act, forMs, nth };
      // Renamed into place: a worker must not read half of it.
      writeFileSync(`${fileOf(point)}.new`, JSON.stringify(order));
      renameSync(`${fileOf(point)}.new`, fileOf(point));
    },

    withdraw: (point: string): void => rmSync(fileOf(point), { force: true }),

    /** The process that has carried out the order. */
    executor: async (point: string, timeoutMs?: number): Promise<number> => {
      const [pid] = await until(
        `a worker at the point ${point}`,
        async () => taken(point),
        (pids) => pids.length > 0,
        timeoutMs,
      );
      return pid!;
    },

    /** For the worker: the order of this point, if there is one and nobody else takes it. */
    take(point: string): Order | undefined {
      try {
        const order = JSON.parse(readFileSync(fileOf(point), 'utf8')) as Order;
        const pass = (passes.get(order.id) ?? 0) + 1;
        passes.set(order.id, pass);
        if (pass < order.nth) return undefined;
        renameSync(fileOf(point), join(folder, `${point}.taken.${process.pid}`));
        return order;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
export type Orders = ReturnType<typeof createOrders>;
