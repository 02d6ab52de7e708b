import { CLOCK_GRAIN_MS, fenceOf } from '../../domain/invitations/windows';
import type { Config } from '../../platform/config';
import type { ErasureDoc } from '../../store/erasure/erasure-documents';
import type { Store } from '../../store/index';
import { waitFor } from '../http/wait-for';

/** How long a request waits for a message that a sender has just claimed. In milliseconds. */
const WAIT_FOR_SENDERS_MS = 2_500;

/** Goes on with an erasure, as far as it can be now: not while nothing is left but files that are not read yet. */
export async function goOn(
  store: Pick<Store, 'erasures'>,
  config: { invitations: Pick<Config['invitations'], 'deadlineMs'> },
  erasure: ErasureDoc,
): Promise<ErasureDoc> {
  return (await store.erasures.postpone(erasure)) ? erasure : carryOut(store, config, erasure);
}

/**
 * Removes the traces of a person who is removed. Ends the erasure once no claim from before it can lead to a request any more; until
 * then it stays open, and whoever takes it next ends it.
 */
async function carryOut(
  { erasures }: Pick<Store, 'erasures'>,
  { invitations: { deadlineMs } }: { invitations: Pick<Config['invitations'], 'deadlineMs'> },
  erasure: ErasureDoc,
): Promise<ErasureDoc> {
  await erasures.removeTraces(erasure);
  const isQuiet = async (): Promise<boolean> =>
    !(await erasures.maySend(erasure._id, fenceOf(deadlineMs) + CLOCK_GRAIN_MS));
  return (await waitFor(isQuiet, WAIT_FOR_SENDERS_MS)) ? erasures.complete(erasure) : erasure;
}
