import type { ActivityDeps } from '../activities/deps';
import type { Config } from '../platform/config';
import { createSenders } from '../providers/index';
import type { Store } from '../store/index';

/** What the steps are made of, from the configuration. */
export function createActivityDeps(config: Config, store: Store): ActivityDeps {
  const { url, deadlineMs, concurrency, policy } = config.invitations;
  return {
    store,
    senders: createSenders(config),
    settings: {
      pace: config.pace,
      maxRows: config.maxRows,
      invitationUrl: url,
      concurrency,
      policy,
      fenceMs: deadlineMs / 2,
    },
  };
}
