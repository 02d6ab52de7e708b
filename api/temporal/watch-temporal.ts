/** gRPC codes of calls that no server has answered: cancelled, its deadline was over, unavailable. */
const UNANSWERED: readonly unknown[] = [1, 4, 14];

/** Whether an error of the SDK is a server's answer, such as "not found". The SDK keeps the error of gRPC as the cause of its own. */
export function isAnswer(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return !UNANSWERED.includes(cause?.code ?? code);
}

/** Knows for how long calls to Temporal have had no answer, whether they are refused or met by silence. */
export function watchTemporal() {
  let silentSince: number | undefined;
  return {
    /** Makes a call. */
    ask: async <T>(call: () => Promise<T>): Promise<T> => {
      silentSince ??= performance.now();
      try {
        const answer = await call();
        silentSince = undefined;
        return answer;
      } catch (error) {
        if (isAnswer(error)) silentSince = undefined;
        throw error;
      }
    },

    /** In milliseconds, since the first call without an answer; 0 once any is answered. */
    silentMs: (): number => (silentSince === undefined ? 0 : performance.now() - silentSince),
  };
}
