import type { Pauses } from '../../contract/import';
import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';

/** Lets an import go on that staff or a provider's refusal has held back. */
export function createResumeImport({ store }: Pick<ActivityDeps, 'store'>) {
  return ({ importId }: { importId: string }): Promise<Pauses> => withHeartbeat(() => store.pauses.resume(importId));
}
