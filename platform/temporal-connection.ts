import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** Address, TLS and namespace, from `TEMPORAL_*` variables and profiles as `@temporalio/envconfig` reads them. */
export const temporalSettings = () => loadClientConnectConfig();

/** A connection for callers of Temporal. It connects on first use, so the process can start without a server. */
export function connectLazily(): { connection: Connection; namespace: string } {
  const { connectionOptions, namespace } = temporalSettings();
  return { connection: Connection.lazy(connectionOptions), namespace: namespace ?? 'default' };
}
