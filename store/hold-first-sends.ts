import type { Collections } from './documents';
import { firstSendsOf } from './ids';

/**
 * Has the claims of first sends look at their imports for what holds a message back, a pause or an erasure, which spares them that look
 * until then.
 */
export async function holdFirstSends(
  { firstSends }: Pick<Collections, 'firstSends'>,
  importIds: readonly string[],
): Promise<void> {
  if (importIds.length === 0) return;
  await firstSends.updateMany(
    { $or: importIds.map((importId) => ({ _id: firstSendsOf(importId) })) },
    { $set: { isHeld: true } },
  );
}
