import { needlessRetries } from '../../domain/invitations/needless-retries';
import type { Generation } from '../../domain/invitations/needless-retries';
import type { Collections, InvitationDoc } from '../documents';
import { transitionFilter, transitionUpdate } from '../invitations/transition-update';

type Delivered = Pick<InvitationDoc, 'importId' | 'row' | 'channel'>;

/**
 * Ends the retries that are still pending though their message has arrived after all. A retry that is being claimed is
 * either ended or sent, by the compare-and-set of both. Returns the ids of the changed imports.
 */
export async function endNeedlessRetries(
  { invitations }: Pick<Collections, 'invitations'>,
  delivered: readonly Delivered[],
): Promise<string[]> {
  if (delivered.length === 0) return [];
  const among = {
    importId: { $in: delivered.map(({ importId }) => importId) },
    row: { $in: delivered.map(({ row }) => row) },
    channel: { $in: delivered.map(({ channel }) => channel) },
  };
  const fields = { importId: 1, row: 1, channel: 1, generation: 1, superseded: 1, state: 1, createdAt: 1 } as const;
  const generations = await invitations
    .find(among)
    .project<Generation>({ ...fields, trail: 1, readdressedAt: 1 })
    .toArray();
  const ids = needlessRetries(generations);
  if (ids.length === 0) return [];
  await invitations.updateMany(
    transitionFilter('suppress', { _id: { $in: ids } }),
    transitionUpdate('suppress', { code: 'invitation.already-delivered' }),
  );
  return [...new Set(generations.flatMap(({ _id, importId }) => (ids.includes(_id) ? [importId] : [])))];
}
