import type { Config } from '../platform/config';
import type { Logger } from '../platform/logger';
import type { Store } from '../store/index';
import type { ProviderRecords } from './audit-import';
import type { HealthDeps } from './health-router';
import type { ImportService } from './import-service';
import type { Places } from './views';
import type { WebhooksDeps } from './webhooks-router';

/** What the API is made of. Each router takes the part it needs. */
export interface AppDeps extends HealthDeps {
  store: Store;
  webhooks: WebhooksDeps['webhooks'];
  service: ImportService;
  config: Pick<Config, 'upload' | 'maxRows' | 'pace'>;
  places: Places;
  /** What the providers hold, for an audit. */
  records: ProviderRecords;
  log: Logger;
}
