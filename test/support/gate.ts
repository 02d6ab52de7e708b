import { asyncLocalStorage } from '@temporalio/activity';
import { once } from 'node:events';
import type { Store } from '../../store/index';

/** A call of the store, such as `rows.finish`: the types know when one has another name. */
export type StoreCall = { [Part in keyof Store]: `${Part}.${keyof Store[Part] & string}` }[keyof Store];

export interface Hold {
  /** Resolves once the call waits. */
  arrival: Promise<void>;
  /** Resolves once the step whose call waits has heard that it is cancelled. */
  heardOfCancellation: () => Promise<void>;
  release: () => void;
}

/** Makes calls of a store wait, or fail, at moments that the test chooses. The writes are real. */
export function createGate() {
  const holds = new Map<
    string,
    { when: 'before' | 'after'; reached: (by: AbortSignal | undefined) => void; released: Promise<void> }
  >();
  const failures = new Map<string, number>();

  async function pass(method: string, call: () => unknown): Promise<unknown> {
    const left = failures.get(method) ?? 0;
    if (left > 0) {
      failures.set(method, left - 1);
      throw new Error('planned failure');
    }
    await waitHere(method, 'before');
    const result = await call();
    await waitHere(method, 'after');
    return result;
  }

  async function waitHere(method: string, when: 'before' | 'after'): Promise<void> {
    const held = holds.get(method);
    if (held?.when !== when) return;
    holds.delete(method);
    held.reached(asyncLocalStorage.getStore()?.cancellationSignal);
    await held.released;
  }

  const guard = (part: string, target: object): object =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          pass(`${part}.${String(name)}`, () => (value as (...args: unknown[]) => unknown)(...args));
      },
    });

  return {
    /** The next call of `method` waits, after its work is done unless told otherwise. */
    hold(method: StoreCall, when: 'before' | 'after' = 'after'): Hold {
      let reached!: (by: AbortSignal | undefined) => void;
      let release!: () => void;
      const released = new Promise<void>((resolve) => (release = resolve));
      const reachedBy = new Promise<AbortSignal | undefined>((resolve) => (reached = resolve));
      holds.set(method, { when, reached, released });
      return {
        arrival: reachedBy.then(() => undefined),
        async heardOfCancellation() {
          const signal = await reachedBy;
          if (!signal) throw new Error(`${method} was called by no step, so nothing can cancel it`);
          if (!signal.aborted) await once(signal, 'abort');
        },
        release,
      };
    },

    /** The next calls of `method` fail before they have done anything. */
    fail: (method: StoreCall, times: number) => void failures.set(method, times),

    around: (store: Store): Store =>
      Object.fromEntries(
        Object.entries(store).map(([part, target]) => [
          part,
          typeof target === 'object' ? guard(part, target) : target,
        ]),
      ) as Store,
  };
}
