import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import type { Store } from '../store/index';
import type { ProviderRecords } from './audit/audit-import';
import type { HealthDeps } from './http/health-router';
import type { ImportService } from './temporal/import-service';
import type { Outbox } from './temporal/outbox';
import type { LinkBase } from './http/links';
import type { WebhooksDeps } from './webhooks/webhooks-router';

/** What the API is made of. Each router takes the part it needs. */
export interface AppDeps extends HealthDeps {
  store: Store;
  webhooks: WebhooksDeps['webhooks'];
  service: ImportService;
  outbox: Outbox;
  config: Pick<Config, 'upload' | 'maxRows' | 'timing'>;
  places: LinkBase;
  /** What the providers hold, for an audit. */
  records: ProviderRecords;
  log: Logger;
}
