import { setTimeout as pause } from 'node:timers/promises';
import type { ImportProgress } from '../../contract/import';
import type { Store } from '../../store/index';

const POLL_MS = 250;

export interface Feed<State> {
  /**
   * Yields the state of what has this id at once and then at every poll, `null` if it does not exist (any more), until the signal
   * fires. A reader who is slow misses what came between. Throws what the poll threw.
   */
  follow(id: string, signal: AbortSignal): AsyncGenerator<State | null>;
}
export type ProgressFeed = Feed<ImportProgress>;

/** The answer of one poll, and the promise of the next, which all readers share. */
interface Step<State> {
  state: State | null;
  next: Promise<Step<State>>;
}

interface Poll<State> {
  readers: number;
  /** Where a new reader begins. */
  latest: Promise<Step<State>>;
}

export const createProgressFeed = ({ progress }: Pick<Store, 'progress'>, pollMs = POLL_MS): ProgressFeed =>
  createFeed((importId) => progress.find(importId), pollMs);

/** One poll of MongoDB an id, shared by all who follow it, as long as somebody does. */
export function createFeed<State>(find: (id: string) => Promise<State | null>, pollMs = POLL_MS): Feed<State> {
  const polls = new Map<string, Poll<State>>();

  async function ask(id: string, poll: Poll<State>): Promise<Step<State>> {
    const state = await find(id);
    const next = pause(pollMs).then(() => {
      // Without readers nobody waits for this promise, and the chain ends.
      if (poll.readers === 0) return new Promise<Step<State>>(() => undefined);
      poll.latest = ask(id, poll);
      return poll.latest;
    });
    // The readers throw it, if there are any.
    next.catch(() => undefined);
    return { state, next };
  }

  function join(id: string): Poll<State> {
    const poll = polls.get(id) ?? begin(id);
    poll.readers++;
    return poll;
  }

  function begin(id: string): Poll<State> {
    const poll = { readers: 0 } as Poll<State>;
    poll.latest = ask(id, poll);
    polls.set(id, poll);
    return poll;
  }

  function leave(id: string, poll: Poll<State>): void {
    if (--poll.readers === 0) forget(id, poll);
  }

  function forget(id: string, poll: Poll<State>): void {
    if (polls.get(id) === poll) polls.delete(id);
  }

  return {
    async *follow(id, signal) {
      const poll = join(id);
      try {
        for (let step = await poll.latest; !signal.aborted; step = await step.next) yield step.state;
      } catch (error) {
        // Who comes next begins anew.
        forget(id, poll);
        throw error;
      } finally {
        leave(id, poll);
      }
    },
  };
}
