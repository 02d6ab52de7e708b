const BATCH_SIZE = 20;

/** Handles batches until `take` returns `null`. Throws the first error of a batch after all of it has settled. */
export async function drain<T>(take: () => Promise<T | null>, handle: (item: T) => Promise<void>): Promise<void> {
  for (let isMore = true; isMore;) {
    const batch: T[] = [];
    while (isMore && batch.length < BATCH_SIZE) {
      const item = await take();
      if (item) batch.push(item);
      else isMore = false;
    }
    const results = await Promise.allSettled(batch.map(handle));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}
