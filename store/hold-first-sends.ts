import type { Collections } from './documents';

/**
 * Has the claims of first sends look at their imports for what holds a message back, a pause or an erasure, which spares them that look
 * until then.
 */
export async function holdFirstSends(
  { firstSends }: Pick<Collections, 'firstSends'>,
  importIds: readonly string[],
): Promise<void> {
  await firstSends.updateMany({ _id: { $in: [...importIds] } }, { $set: { isHeld: true } });
}
