/**
 * Waits for all steps, also where one fails, then fails with the first failure: whoever tidies up afterwards must not meet
 * steps that are still under way.
 */
export async function waitForAll(steps: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(steps);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
