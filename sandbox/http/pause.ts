/** Unreferenced: a pause that nobody waits for any more must not keep a stopped process alive. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
