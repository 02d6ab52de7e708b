import type { InvitationMessage } from '../../providers/sender';
import { recordOutcomes } from './send-batch';
import type { AnsweredRequest, Attempt } from './send-batch';

/** Longest wait of an outcome for others, in milliseconds. Until it is recorded, a crash leaves it in doubt. */
const GATHER_MS = 20;

interface Options {
  /** Called with the messages that were released, so that they may be claimed again. */
  onUnsent: (messages: InvitationMessage[]) => void;
  /** Called with the ids of the messages whose people have opted out. */
  onOptOut: (ids: string[]) => Promise<void>;
  onError: (error: unknown) => void;
}

/**
 * Records the outcomes of requests together as they come, by one write at a time: no request waits for the slowest of its
 * batch, and a slow database makes larger groups.
 */
export function createOutcomeRecorder(attempt: Attempt, { onUnsent, onOptOut, onError }: Options) {
  const answered: AnsweredRequest[] = [];
  let writing: Promise<void> | undefined;
  let open = 0;
  let stopGathering = (): void => undefined;

  async function write(): Promise<void> {
    while (answered.length > 0) {
      if (open > 0) await gather();
      try {
        const { unsent, optedOut } = await recordOutcomes(attempt, answered.splice(0));
        onUnsent(unsent);
        await onOptOut(optedOut);
      } catch (error) {
        onError(error);
      }
    }
    writing = undefined;
  }

  const gather = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      stopGathering = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    /** Records the outcome of the request once it has one. Resolves before that is written. */
    async follow(request: Promise<AnsweredRequest>): Promise<void> {
      open++;
      try {
        answered.push(await request);
        writing ??= write();
      } finally {
        if (--open === 0) stopGathering();
      }
    },

    /** Resolves once everything is recorded that has an outcome by now. */
    idle: async (): Promise<void> => writing,
  };
}
