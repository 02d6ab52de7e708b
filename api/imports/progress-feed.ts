import { setTimeout as pause } from 'node:timers/promises';
import type { ImportProgress } from '../../contract/import';
import type { Store } from '../../store/index';

const POLL_MS = 250;

type Progress = ImportProgress | null;

export interface ProgressFeed {
  /**
   * Yields the progress of an import at once and then at every poll, `null` if it does not exist (any more), until the signal
   * fires. A reader who is slow misses what came between. Throws what the poll threw.
   */
  follow(importId: string, signal: AbortSignal): AsyncGenerator<Progress>;
}

/** The answer of one poll, and the promise of the next, which all readers share. */
interface Step {
  progress: Progress;
  next: Promise<Step>;
}

interface Poll {
  readers: number;
  /** Where a new reader begins. */
  latest: Promise<Step>;
}

/** One poll of MongoDB an import, shared by all who follow it, as long as somebody does. */
export function createProgressFeed({ progress }: Pick<Store, 'progress'>, pollMs = POLL_MS): ProgressFeed {
  const polls = new Map<string, Poll>();

  async function ask(importId: string, poll: Poll): Promise<Step> {
    const answer = await progress.find(importId);
    const next = pause(pollMs).then(() => {
      // Without readers nobody waits for this promise, and the chain ends.
      if (poll.readers === 0) return new Promise<Step>(() => undefined);
      poll.latest = ask(importId, poll);
      return poll.latest;
    });
    // The readers throw it, if there are any.
    next.catch(() => undefined);
    return { progress: answer, next };
  }

  function join(importId: string): Poll {
    const poll = polls.get(importId) ?? begin(importId);
    poll.readers++;
    return poll;
  }

  function begin(importId: string): Poll {
    const poll = { readers: 0 } as Poll;
    poll.latest = ask(importId, poll);
    polls.set(importId, poll);
    return poll;
  }

  function leave(importId: string, poll: Poll): void {
    if (--poll.readers === 0) forget(importId, poll);
  }

  function forget(importId: string, poll: Poll): void {
    if (polls.get(importId) === poll) polls.delete(importId);
  }

  return {
    async *follow(importId, signal) {
      const poll = join(importId);
      try {
        for (let step = await poll.latest; !signal.aborted; step = await step.next) yield step.progress;
      } catch (error) {
        // Who comes next begins anew.
        forget(importId, poll);
        throw error;
      } finally {
        leave(importId, poll);
      }
    },
  };
}
